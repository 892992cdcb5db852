using Xunit.Abstractions;

namespace Classound.Charging.Tests.Vectors;

/// <summary>
/// Cases from other systems' tests, code and issue reports. <c>peer_rounding</c> compares with the exact value,
/// <c>peer_defect</c> must not come out, <c>policy_choice</c> is asserted on our side, and what needs a feature that is not in
/// the product is listed by name; nothing else may fail.
/// </summary>
public sealed class RatingVectorTests(ITestOutputHelper output)
{
    private const string Absent = "(absent)";

    private static readonly string[] KnownSemantics = ["consensus", "peer_rounding", "peer_defect", "policy_choice"];

    public static TheoryData<string> Ids => [.. RatingVector.All.Count == 0 ? [Absent] : RatingVector.All.Keys];

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public void Vector_ComesOutAsItsSemanticsSay(string id)
    {
        Skip.If(id == Absent, "the shared vectors are not there");
        var vector = RatingVector.All[id];
        Assert.Contains(vector.Semantics, KnownSemantics);
        if (VectorNotes.OutsideTheProduct.TryGetValue(id, out var feature))
        {
            output.WriteLine($"{id}: not run, needs {feature}");
            return;
        }

        Assert.Equal(vector.Semantics == "policy_choice", VectorNotes.OurSide.ContainsKey(id));
        var note = Run(vector);
        output.WriteLine($"{id}: {vector.Semantics}, run{(note is null ? "" : $"; {note}")}");
        if (VectorNotes.OurSide.TryGetValue(id, out var side)) output.WriteLine($"{id}: {side}");
    }

    [SkippableFact]
    public void Summary_NamesWhatWasNotRunAndOurSides()
    {
        Skip.If(RatingVector.All.Count == 0, "the shared vectors are not there");
        // A note about a vector that is gone, or one that is both listed and decided, would be stale.
        Assert.All(VectorNotes.OutsideTheProduct.Keys.Concat(VectorNotes.OurSide.Keys), id => Assert.Contains(id, RatingVector.All.Keys));
        Assert.Empty(VectorNotes.OutsideTheProduct.Keys.Intersect(VectorNotes.OurSide.Keys, StringComparer.Ordinal));
        var listed = VectorNotes.OutsideTheProduct.Count;
        // Of those that rate a call, only a price that ends at a highest cost is not in the product; all others are run.
        Assert.All(
            VectorNotes.OutsideTheProduct.Keys.Select(id => RatingVector.All[id]).Where(v => v.Kind == "rate"),
            v => Assert.Equal("free", v.Input.GetProperty("tariff").GetProperty("max_cost_strategy").GetString()));
        Assert.All(
            VectorNotes.OutsideTheProduct.Keys.Select(id => RatingVector.All[id]).Where(v => v.Kind == "round"),
            v => Assert.NotEqual("middle", v.Input.GetProperty("method").GetString()));
        Assert.Equal((93, 12), (RatingVector.All.Count, listed));
        output.WriteLine($"{RatingVector.All.Count} vectors: {RatingVector.All.Count - listed} run, {listed} need what the product does not have:");
        foreach (var (id, feature) in VectorNotes.OutsideTheProduct) output.WriteLine($"  {id}: {feature}");
        output.WriteLine("Where peers differ:");
        foreach (var (id, side) in VectorNotes.OurSide) output.WriteLine($"  {id}: {side}");
    }

    private static string? Run(RatingVector vector) => vector.Kind switch
    {
        "rate" => RateVectors.Rate(vector),
        "round" => RateVectors.Round(vector),
        "increment_expand" => RateVectors.ExpandIncrements(vector),
        "money_sum" => RateVectors.SumIncrements(vector),
        "rate_select" => LookupVectors.Select(vector),
        "reject" => LookupVectors.Refuse(vector),
        "period" => LookupVectors.Period(vector),
        "max_duration" or "debit" => SpendingVectors.Run(vector),
        "session" => SessionVectors.Run(vector),
        _ => throw new NotSupportedException($"{vector.Id}: no runner for kind {vector.Kind}"),
    };
}
