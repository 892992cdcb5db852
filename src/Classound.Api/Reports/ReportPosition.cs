using System.Globalization;
using Classound.Charging.Allowances;

namespace Classound.Api.Reports;

/// <summary>A place in a PBX's rated calls: behind this entry.</summary>
/// <param name="Month">Billing month, YYYYMM.</param>
/// <param name="Sequence">Number in the partition's feed; 0 = at the beginning of the month, <see cref="long.MaxValue"/> = at its end.</param>
public readonly record struct ReportPosition(int Month, long Sequence)
{
    /// <summary>Reads <c>month.sequence</c>; false when it is none.</summary>
    public static bool TryParse(string text, out ReportPosition position)
    {
        var parts = text.Split('.');
        position = default;
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var month) || !LocalCalendar.IsValidMonth(month)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) || sequence == 0)
        {
            return false;
        }
        position = new ReportPosition(month, sequence);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Month}.{Sequence}");
}
