namespace Classound.Cli.Cdr;

/// <summary>Where the leg of one row went, seen from the PBX.</summary>
public enum CdrDirection
{
    /// <summary>Both ends are inside the PBX, or the call never reached a trunk (voicemail, menu, queue, feature code).</summary>
    Internal = 1,

    /// <summary>The row's calling channel came in through a trunk.</summary>
    Inbound = 2,

    /// <summary>The row's leg left through a trunk: the operator's edge saw it and asks for it.</summary>
    Outbound = 3,
}
