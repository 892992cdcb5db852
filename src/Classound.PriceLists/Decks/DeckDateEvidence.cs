namespace Classound.PriceLists.Decks;

/// <summary>In which order the dates of a deck are written: one such as 03/04/26 says too little, all together mostly enough.</summary>
/// <param name="referenceYear">Years of two digits are believed near it only.</param>
internal sealed class DeckDateEvidence(int referenceYear)
{
    private Seen? _dayFirst, _monthFirst, _eitherFirst, _yearFirst, _yearLast, _eitherYear, _noYear;

    public void Add(int line, string column, string text)
    {
        if (!DeckDate.TryOpenOrder(text, out var numbers, out var shortYear)) return;
        var seen = new Seen(line, column, text);
        var (first, second, third) = (numbers[0], numbers[1], numbers[2]);
        var yearLast = !shortYear || DeckDate.IsNear(third, referenceYear);
        var yearFirst = shortYear && second <= 12 && third is >= 1 and <= 31 && DeckDate.IsNear(first, referenceYear);
        if (yearFirst && yearLast) _eitherYear ??= seen;
        else if (yearFirst) _yearFirst ??= seen;
        else if (yearLast) _yearLast ??= seen;
        else _noYear ??= seen;
        if (yearFirst && !yearLast) return;
        if (first > 12) _dayFirst ??= seen;
        else if (second > 12) _monthFirst ??= seen;
        else if (first != second) _eitherFirst ??= seen;
    }

    /// <summary>Null where no date needs an order; with an error where the dates contradict each other, or leave it open.</summary>
    public DateOrder? Order(RemarkLog errors)
    {
        if (_noYear is { } none)
        {
            Refuse(errors, none, "a year of two digits that is none near this one, first or last; expected all its digits, or the order given (--date-order)");
            return null;
        }

        if (_yearFirst is { } first)
        {
            if (_yearLast is { } last)
                Refuse(errors, last, FormattableString.Invariant($"the year last, but line {first.Line} has it first: {first.Text}; expected one order (--date-order)"));
            return DateOrder.YearMonthDay;
        }

        if (_yearLast is null && _eitherYear is { } either)
        {
            Refuse(errors, either, "the year may be first or last, and no date tells; expected all its digits, or the order given (--date-order)");
            return null;
        }

        return DayOrMonthFirst(errors);
    }

    private DateOrder? DayOrMonthFirst(RemarkLog errors)
    {
        if (_dayFirst is { } day && _monthFirst is { } month)
        {
            Refuse(errors, month, FormattableString.Invariant(
                $"the month first, but line {day.Line} has the day first: {day.Text}; expected one order (--date-order)"));
        }
        else if (_dayFirst is null && _monthFirst is null && _eitherFirst is { } either)
        {
            Refuse(errors, either, "day and month may be either way round, and no date of the column tells; expected the order given (--date-order)");
        }

        return _dayFirst is not null ? DateOrder.DayMonthYear : _monthFirst is not null ? DateOrder.MonthDayYear : null;
    }

    private static void Refuse(RemarkLog errors, Seen seen, string reason) => errors.Add(seen.Line, seen.Column, seen.Text, reason);

    private sealed record Seen(int Line, string Column, string Text);
}
