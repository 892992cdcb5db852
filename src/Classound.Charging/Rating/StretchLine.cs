using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>
/// Up to sixteen neighbouring stretches in one cache line: the boundaries between them, counted from the line's start in units of a power
/// of ten; a header with that power and the page of the terms; then the prefix of each stretch.
/// </summary>
internal static class StretchLine
{
    /// <summary>Most boundaries inside a line.</summary>
    public const int MaxBoundaries = 15;

    /// <summary>Where the farthest boundary can be, in units.</summary>
    public const int MaxUnits = ushort.MaxValue - 1;

    /// <summary>Stands for no further boundary.</summary>
    public const ushort Empty = ushort.MaxValue;

    private const int Header = MaxBoundaries;
    private const int FirstPrefix = MaxBoundaries + 1;
    private const int UnitBits = 4;

    /// <param name="page">Of the terms of all stretches.</param>
    /// <param name="unitDigits">How many digits behind a unit.</param>
    /// <param name="first">The prefix up to the first boundary.</param>
    public static void Begin(Span<ushort> line, int page, int unitDigits, PrefixRef first)
    {
        line[Header] = (ushort)(page << UnitBits | unitDigits);
        line[FirstPrefix] = first.OnPage;
    }

    /// <param name="units">From the line's start.</param>
    /// <param name="prefix">The prefix behind the boundary.</param>
    public static void Set(Span<ushort> line, int boundary, ulong units, PrefixRef prefix)
    {
        line[boundary] = (ushort)units;
        line[FirstPrefix + 1 + boundary] = prefix.OnPage;
    }

    /// <summary>How many units the number, of 15 digits, is behind the start of a line.</summary>
    public static ulong Units(ulong number, ulong start, int unitDigits) =>
        unchecked(DecimalDigits.Shorten(number, unitDigits) - DecimalDigits.Shorten(start, unitDigits));

    /// <summary>The prefix of the stretch that a number of 15 digits is in, of a line that starts at <paramref name="start"/>.</summary>
    public static PrefixRef Find(ref readonly ushort line, ulong start, ulong number)
    {
        unchecked
        {
            int header = Unsafe.Add(ref Unsafe.AsRef(in line), Header);
            var units = Math.Min(Units(number, start, header & ((1 << UnitBits) - 1)), MaxUnits);
            var above = Vector256.GreaterThan(Vector256.LoadUnsafe(in line), Vector256.Create((ushort)units)).ExtractMostSignificantBits();
            var index = BitOperations.TrailingZeroCount(above | (1U << MaxBoundaries));
            return PrefixRef.Of(header >> UnitBits, Unsafe.Add(ref Unsafe.AsRef(in line), FirstPrefix + index));
        }
    }
}
