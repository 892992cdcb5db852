using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.Silo.Demo;

/// <summary>What the demo prints: plain lines, the same in every culture and on every terminal.</summary>
internal sealed class DemoScreen(TextWriter output)
{
    public void Title(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
        output.WriteLine(new string('-', text.Length));
    }

    public void Line(FormattableString text) => output.WriteLine("  " + text.ToString(CultureInfo.InvariantCulture));

    /// <summary>One step of the story: what somebody does, and under it what came back.</summary>
    public void Step(string what, params IEnumerable<string> answers)
    {
        output.WriteLine("  * " + what);
        foreach (var answer in answers) output.WriteLine("      " + answer);
    }

    public void Text(string text) => output.WriteLine(text);

    /// <summary>Exact, from 10^-9 currency units.</summary>
    public static string Money(long nanos) => $"{new Amount(nanos)} {DemoOperator.Currency}";

    /// <summary>Seconds as minutes and seconds: 12:34.</summary>
    public static string Time(long seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
}
