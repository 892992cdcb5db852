namespace Classound.Benchmarks.Load;

/// <summary>Which durable steps of a call one measured request takes.</summary>
[Flags]
internal enum Steps
{
    Authorize = 1,
    Start = 2,
    End = 4,
    Life = Authorize | Start | End,
}
