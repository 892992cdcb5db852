namespace Classound.Benchmarks.Service;

/// <summary>A figure that has to be reached.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="Text">In the table.</param>
/// <param name="Measured">The contender whose rate it is.</param>
/// <param name="Against">The contender whose rate that is divided by, window by window.</param>
internal sealed record Row(string Name, string Text, string Measured, string Against, double Must, double Aim)
{
    public static readonly IReadOnlyList<Row> All =
    [
        new("authorize-everysec", "durable AuthorizeCall, unary / empty gRPC unary, 128 in flight: everysec", "everysec", "empty", 0.55, 0.75),
        new("authorize-always", "the same: always", "always", "empty", 0.45, 0.65),
    ];
}
