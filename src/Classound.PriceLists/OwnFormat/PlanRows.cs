using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>Rows of kind <c>plan</c>: one user band each. The rows of a code make its plan, in whatever order they stand.</summary>
internal sealed class PlanRows(PriceListRules rules, PlacedRemarks errors)
{
    private const int MaxCodeLength = 64;
    private const int MaxMinutes = 44_640; // A month of 31 days.
    private const int MaxUsers = 400_000; // Four licence types of at most 100,000 each.
    private const int MaxBands = 50;

    private readonly Dictionary<string, List<PlanRow>> _plans = new(StringComparer.Ordinal);

    public void Read(PriceListRow row)
    {
        var before = row.ErrorCount;
        var code = row[OwnColumn.Code];
        if (code.Length is 0 or > MaxCodeLength || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            row.Refuse(OwnColumn.Code, Say($"expected 1 to {MaxCodeLength} characters of A-Z a-z 0-9 . _ -"));
        var term = OwnWords.Term(row[OwnColumn.Term]);
        if (term is null) row.Refuse(OwnColumn.Term, "expected 1m, 1y or 5y");
        var sharing = OwnWords.Sharing(row[OwnColumn.Sharing]);
        if (sharing is null) row.Refuse(OwnColumn.Sharing, "expected POOLED or PER_USER: a plan says how its minutes are shared");
        var minutes = row.ReadNumber(OwnColumn.MinutesPerUser, 0, MaxMinutes, "whole minutes");
        var from = row.ReadNumber(OwnColumn.UsersFrom, 1, MaxUsers, "a number of users");
        var to = row[OwnColumn.UsersTo].Length == 0 ? int.MaxValue
            : row.ReadNumber(OwnColumn.UsersTo, from, MaxUsers, "a number of users, or empty for any,");
        var fee = row.ReadAmount(OwnColumn.MonthlyFee, rules.MaxFee);
        if (row.ErrorCount > before) return;
        if (!_plans.TryGetValue(code, out var rows)) _plans.Add(code, rows = []);
        else RefuseOtherFacts(row, rows[0], term, sharing, minutes);
        rows.Add(new PlanRow(row.Place, term!.Value, sharing!.Value, minutes, from, to, fee));
    }

    /// <summary>Checks that each plan's bands follow each other, and gives the plans.</summary>
    public PlanOffer[] Build() =>
    [
        .. _plans.Select(plan =>
        {
            var rows = plan.Value.OrderBy(row => row.From).ThenBy(row => row.Place).ToList();
            CheckBands(rows);
            return new PlanOffer(
                plan.Key, rows[0].Term, rows[0].Sharing, rows[0].Minutes, [.. rows.Select(row => new UserBand(row.To, row.Fee))]);
        }),
    ];

    private static void RefuseOtherFacts(PriceListRow row, PlanRow first, PlanTerm? term, AllowanceSharing? sharing, int minutes)
    {
        var as1st = $", as in {row.Name(first.Place)}: the bands of a plan differ in their fee alone";
        if (term != first.Term) row.Refuse(OwnColumn.Term, $"expected {OwnWords.Word(first.Term)}{as1st}");
        if (sharing != first.Sharing) row.Refuse(OwnColumn.Sharing, $"expected {OwnWords.Word(first.Sharing)}{as1st}");
        if (minutes != first.Minutes) row.Refuse(OwnColumn.MinutesPerUser, Say($"expected {first.Minutes}{as1st}"));
    }

    private void CheckBands(List<PlanRow> rows)
    {
        var expected = 1;
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, from) = (rows[i], rows[i].From.ToString(CultureInfo.InvariantCulture));
            if (i > 0 && row.From == rows[i - 1].From)
                errors.Add(row.Place, OwnColumn.UsersFrom, from, $"given twice: {errors.Name(rows[i - 1].Place)} begins there too");
            else if (i > 0 && rows[i - 1].To == int.MaxValue)
                errors.Add(row.Place, OwnColumn.UsersFrom, from, $"{errors.Name(rows[i - 1].Place)} is for any number from {rows[i - 1].From} on");
            else if (row.From != expected)
                errors.Add(row.Place, OwnColumn.UsersFrom, from, Say($"expected {expected}: user bands have neither gaps nor overlaps"));
            if (i == MaxBands) errors.Add(row.Place, OwnColumn.UsersFrom, from, Say($"expected at most {MaxBands} bands"));
            if (row.To < int.MaxValue) expected = row.To + 1;
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record PlanRow(
        Place Place, PlanTerm Term, AllowanceSharing Sharing, int Minutes, int From, int To, Amount Fee);
}
