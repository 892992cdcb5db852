namespace Classound.Grains.Pbxs;

/// <summary>How a PBX grain treats a slow or silent store.</summary>
public sealed class PbxGrainOptions
{
    /// <summary>A commit unanswered for this long makes new changes fail at once instead of queueing behind it.</summary>
    public TimeSpan StoreSilenceLimit { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// After this long without a word from the store about this PBX, nothing is answered from memory before the stored version
    /// was read: another silo may have taken the PBX over without this one hearing of it.
    /// </summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long no call is closed by its lease after the store was silent, or a commit's outcome unknown for a while: reports that
    /// were refused meanwhile come first.
    /// </summary>
    public TimeSpan OutageGrace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>First pause before a commit of unknown outcome is sent again; doubled up to <see cref="LongestResendPause"/>.</summary>
    public TimeSpan FirstResendPause { get; set; } = TimeSpan.FromMilliseconds(50);
    public TimeSpan LongestResendPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After this long of unknown outcomes the activation gives up: the next one reads what is stored.</summary>
    public TimeSpan ResendLimit { get; set; } = TimeSpan.FromSeconds(30);
}
