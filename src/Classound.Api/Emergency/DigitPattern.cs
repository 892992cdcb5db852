namespace Classound.Api.Emergency;

/// <summary>
/// All digit strings that a numbering-metadata pattern matches, such as <c>1(?:12|[578])</c>. The metadata says which
/// numbers are emergency numbers only as such patterns; trying millions of candidates against each would take seconds
/// at start, writing out the few that match takes none. Understands what these patterns use: digits, \d, classes,
/// (non-capturing) groups, alternatives, ?, {n} and {n,m}. Anything else is refused, so that a new kind of pattern
/// fails the start and never loses an emergency number in silence.
/// </summary>
public static class DigitPattern
{
    // Far above any real pattern: emergency numbers of one country are a handful.
    private const int MostStrings = 10_000;

    private static readonly string[] AnyDigit = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <exception cref="FormatException">The pattern is not of this kind, or matches too many strings.</exception>
    public static IReadOnlyCollection<string> Expand(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var reader = new Reader(pattern);
        var strings = Alternatives(ref reader);
        if (!reader.AtEnd) throw reader.Unexpected();
        return strings;
    }

    private static HashSet<string> Alternatives(ref Reader reader)
    {
        var all = Sequence(ref reader);
        while (reader.Take("|")) all.UnionWith(Sequence(ref reader));
        return all;
    }

    private static HashSet<string> Sequence(ref Reader reader)
    {
        HashSet<string> strings = [""];
        while (!reader.AtEnd && reader.Next is not ('|' or ')'))
        {
            var atom = Atom(ref reader);
            var (least, most) = reader.Repetition();
            strings = Product(strings, Repeated(atom, least, most)) ?? throw reader.Unexpected();
        }

        return strings;
    }

    private static IReadOnlyCollection<string> Atom(ref Reader reader)
    {
        if (reader.Take("(?:") || reader.Take("("))
        {
            var inner = Alternatives(ref reader);
            return reader.Take(")") ? inner : throw reader.Unexpected();
        }

        if (reader.Take("\\d")) return AnyDigit;
        return reader.Take("[") ? Class(ref reader) : [reader.Digit().ToString()];
    }

    private static List<string> Class(ref Reader reader)
    {
        var digits = new List<string>();
        while (!reader.Take("]"))
        {
            var from = reader.Digit();
            var to = reader.Take("-") ? reader.Digit() : from;
            for (var digit = from; digit <= to; digit++) digits.Add(digit.ToString());
        }

        return digits;
    }

    /// <returns>Null when there are too many.</returns>
    private static HashSet<string>? Repeated(IReadOnlyCollection<string> atom, int least, int most)
    {
        HashSet<string> all = [];
        HashSet<string>? times = [""];
        for (var count = 0; count <= most; count++)
        {
            if (count > 0) times = Product(times, atom);
            if (times is null) return null;
            if (count >= least) all.UnionWith(times);
        }

        return all;
    }

    /// <returns>Null when there are too many.</returns>
    private static HashSet<string>? Product(HashSet<string> left, IReadOnlyCollection<string>? right) =>
        right is null || (long)left.Count * right.Count > MostStrings
            ? null
            : [.. left.SelectMany(_ => right, (start, end) => start + end)];

    private ref struct Reader(string pattern)
    {
        private int _position;

        public readonly bool AtEnd => _position == pattern.Length;

        public readonly char Next => pattern[_position];

        public bool Take(string expected)
        {
            if (!pattern.AsSpan(_position).StartsWith(expected)) return false;
            _position += expected.Length;
            return true;
        }

        public char Digit() => !AtEnd && char.IsAsciiDigit(Next) ? pattern[_position++] : throw Unexpected();

        public (int Least, int Most) Repetition()
        {
            if (Take("?")) return (0, 1);
            if (!Take("{")) return (1, 1);
            var least = Digit() - '0';
            var most = Take(",") ? Digit() - '0' : least;
            return Take("}") && most >= least ? (least, most) : throw Unexpected();
        }

        public readonly FormatException Unexpected() =>
            new($"The numbering pattern \"{pattern}\" is not understood at position {_position}.");
    }
}
