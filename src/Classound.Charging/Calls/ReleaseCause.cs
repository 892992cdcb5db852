namespace Classound.Charging.Calls;

/// <summary>Why a call ended, as the edge reports it; never decides whether it is billed.</summary>
/// <param name="Q850">ITU-T Q.850 cause 1..127; 0 = not given.</param>
/// <param name="SipStatus">SIP status 100..699; 0 = not given.</param>
/// <param name="Text">Free text of up to 128 bytes.</param>
public readonly record struct ReleaseCause(int Q850, int SipStatus, string Text)
{
    public static readonly ReleaseCause None = new(0, 0, "");
}
