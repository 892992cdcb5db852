using System.Globalization;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>One line of a call log: an optional time, a verb, its words, and after <c>=></c> the facts expected of the outcome.</summary>
internal sealed class LogLine
{
    private readonly Queue<string> _words;

    private LogLine(int number, string text, DateTimeOffset at, IEnumerable<string> words, string[] expected)
    {
        (Number, Text, At, Expected) = (number, text, at, expected);
        _words = new Queue<string>(words);
        Verb = _words.Dequeue();
    }

    public int Number { get; }
    public string Text { get; }
    public DateTimeOffset At { get; }
    public string Verb { get; }
    public string[] Expected { get; }
    public bool IsDone => _words.Count == 0;

    /// <summary>Times are UTC: <c>10:00:00</c> on the day of the line before, or <c>2026-11-02T10:00:00</c>.</summary>
    public static LogLine? Parse(int number, string text, DateTimeOffset before)
    {
        var content = text.Split('#')[0];
        if (content.Trim().Length == 0) return null;
        var halves = content.Split("=>");
        var words = halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var at = before;
        if (words[0].Contains(':', StringComparison.Ordinal))
        {
            at = Time(words[0], before);
            words.RemoveAt(0);
        }
        var expected = halves.Length > 1 ? halves[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
        return new LogLine(number, text.Trim(), at, words, expected);
    }

    public string Word() => _words.Dequeue();

    /// <summary>Takes the next word if it is this one.</summary>
    public bool Has(string word)
    {
        if (_words.Count == 0 || _words.Peek() != word) return false;
        _words.Dequeue();
        return true;
    }

    public IReadOnlyList<string> Rest()
    {
        var rest = _words.ToList();
        _words.Clear();
        return rest;
    }

    public int Integer() => int.Parse(Word(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public DateTimeOffset Time() => Time(Word(), At);

    public DateOnly Day() => DateOnly.ParseExact(Word(), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>90s</c>, <c>15m</c> or <c>90500ms</c>, in milliseconds.</summary>
    public long Milliseconds()
    {
        var word = Word();
        var (unit, factor) = word.EndsWith("ms", StringComparison.Ordinal) ? (2, 1L) : word[^1] == 'm' ? (1, 60_000L) : (1, 1_000L);
        return long.Parse(word[..^unit], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) * factor;
    }

    public int Seconds() => (int)(Milliseconds() / 1000);

    private static DateTimeOffset Time(string word, DateTimeOffset day)
    {
        if (!word.Contains('T', StringComparison.Ordinal))
            return day.Subtract(day.TimeOfDay).Add(TimeSpan.Parse(word, CultureInfo.InvariantCulture));
        return DateTimeOffset.Parse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }
}
