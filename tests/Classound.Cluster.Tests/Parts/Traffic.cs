namespace Classound.Cluster.Tests.Parts;

/// <summary>What a proxy does with a connection.</summary>
internal enum Traffic
{
    Pass,

    /// <summary>Reset, and every new one too.</summary>
    Refuse,

    /// <summary>Accepted, and then nothing moves: a network that swallows packets.</summary>
    Hold,

    /// <summary>Requests arrive, replies do not. The connection is reset when this ends: its stream has a hole.</summary>
    DropReplies,
}
