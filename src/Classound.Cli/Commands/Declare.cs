using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Classound.Cli.Output;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Cli.Commands;

/// <summary>Arguments and options with their parsing, so that every command reads amounts, times and words alike.</summary>
internal static class Declare
{
    public static Argument<string> Argument(string name, string description) => new(name) { Description = description };

    public static Argument<string> PbxId() => Argument("pbx-id", "The PBX, for example acme-milan");

    public static Option<string> Required(string name, string description, string helpName) =>
        new(name) { Description = description, Required = true, HelpName = helpName };

    /// <summary>Text that may be left out, and is then empty as the contracts have it.</summary>
    public static Option<string> Text(string name, string description, string helpName) =>
        new(name) { Description = description, DefaultValueFactory = static _ => "", HelpName = helpName };

    public static Option<string[]> Many(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = static _ => [] };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<int> Number(string name, string description, int standard = 0) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard, HelpName = "n" };

    /// <summary>One of a few words.</summary>
    public static Option<string> Word(string name, string description, string? standard, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = description, Required = standard is null, HelpName = string.Join('|', words),
        };
        if (standard is not null)
            option.DefaultValueFactory = _ => standard;
        return option.AcceptingOnly(words);
    }

    /// <summary>An amount in currency units such as 12.50; null when not given.</summary>
    public static Option<long?> Amount(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "amount",
        CustomParser = result => Parse<long?>(result, "an amount such as 12.50, at most nine decimals",
            static text => NanosText.TryParse(text, out var nanos) ? nanos : null),
    };

    /// <summary>A point in time with its offset; a bare date is midnight UTC. Null when not given.</summary>
    public static Option<Timestamp?> Time(string name, string description, bool required = false) => new(name)
    {
        Description = description,
        HelpName = "time",
        Required = required,
        CustomParser = result => Parse(result, "a time such as 2026-11-22T17:05:09Z or 2026-11-22T18:05:09+01:00, or a date", ReadTime),
    };

    public static Timestamp? ReadTime(string text)
    {
        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];
        var withOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        if (withOffset
            && DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return Timestamp.FromDateTimeOffset(time);
        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
            ? Timestamp.FromDateTimeOffset(day)
            : null;
    }

    private static T? Parse<T>(ArgumentResult result, string expected, Func<string, T?> read)
    {
        var text = result.Tokens[^1].Value;
        var value = read(text);
        if (value is null)
            result.AddError($"{(result.Parent as OptionResult)?.IdentifierToken?.Value} '{text}': expected {expected}.");
        return value;
    }

    private static Option<string> AcceptingOnly(this Option<string> option, string[] words)
    {
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
