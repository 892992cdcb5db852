using System.Globalization;
using System.Text;
using Classound.Charging.Calls;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>
/// Plays a scenario that is written like a call log and checks the facts at the end of its lines; every line is followed by a
/// check that the books balance. The words of each verb stand in CallLog.Verbs.cs.
/// </summary>
internal sealed partial class CallLog(Catalogue? catalogue = null)
{
    private readonly PbxSession _session = new(catalogue ?? SamplePrices.Catalogue);
    private DateTimeOffset _now = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    public PbxSession Session => _session;

    private Pbx Pbx => _session.Pbx;

    /// <param name="catalogue">Null = the sample prices.</param>
    public static CallLog Play(string text, Catalogue? catalogue = null)
    {
        var log = new CallLog(catalogue);
        log.Append(text);
        return log;
    }

    /// <summary>More lines of the same log.</summary>
    public void Append(string text)
    {
        var number = 0;
        foreach (var content in text.Split('\n'))
        {
            number++;
            if (LogLine.Parse(number, content, _now) is not { } line) continue;
            _now = line.At;
            if (Pbx.Settings is null && line.Verb is not ("pbx" or "no-pbx")) Provision(null);
            var facts = Run(line);
            Require(line.IsDone, line, facts, "words were left over");
            foreach (var expected in line.Expected) Require(facts.Contains(expected), line, facts, expected);
            Books.Check(_session, (rule, why) => Require(false, line, facts, $"{rule}: {why}"));
        }
    }

    private static void Require(bool holds, LogLine line, IReadOnlyList<string> facts, string expected)
    {
        if (holds) return;
        var message = new StringBuilder();
        message.AppendLine(CultureInfo.InvariantCulture, $"line {line.Number}: {line.Text}");
        message.AppendLine(CultureInfo.InvariantCulture, $"  expected: {expected}");
        message.AppendLine(CultureInfo.InvariantCulture, $"  happened: {string.Join(", ", facts)}");
        Assert.Fail(message.ToString());
    }
}
