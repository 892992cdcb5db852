using System.Globalization;

namespace Classound.Charging.Rating;

/// <summary>A prefix stands twice in one price list: which of the two counts would be a guess.</summary>
public sealed class DuplicatePrefixException(string prefix, int firstIndex, int secondIndex)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"prefix {prefix}: given twice, as entries {firstIndex + 1} and {secondIndex + 1}; expected once"))
{
    public string Prefix { get; } = prefix;

    /// <summary>Index, from 0, of the earlier entry.</summary>
    public int FirstIndex { get; } = firstIndex;

    /// <summary>Index, from 0, of the later entry.</summary>
    public int SecondIndex { get; } = secondIndex;
}
