namespace Classound.Storage;

/// <summary>
/// A denial or an emergency call, kept so that "why was it refused?" has an answer (product.md, denials).
/// The log keeps the newest entry of each call id, the newest <see cref="MaxPerPbx"/> calls of a PBX, for <see cref="KeptFor"/>.
/// </summary>
/// <param name="PbxId">The PBX, 1 to 64 characters of [A-Za-z0-9._-]; it need not exist.</param>
/// <param name="CallId">The edge's id.</param>
/// <param name="At">When it was decided; kept in whole milliseconds.</param>
/// <param name="Data">The stored form of the entry.</param>
public sealed record CallLogEntry(string PbxId, string CallId, DateTimeOffset At, byte[] Data)
{
    /// <summary>Calls kept per PBX.</summary>
    public const int MaxPerPbx = 10_000;

    /// <summary>Days an entry is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
}

/// <summary>A place in a PBX's log: behind this entry, which need not be there any more.</summary>
/// <param name="At">In whole milliseconds.</param>
/// <param name="CallId">The edge's id.</param>
public readonly record struct CallLogPosition(DateTimeOffset At, string CallId);
