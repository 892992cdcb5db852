using System.Text;
using Classound.Charging.Rating;
using Classound.PriceLists.Decks;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Tests.Decks;

/// <summary>Small decks for tests.</summary>
internal static class DeckText
{
    public static readonly DateTimeOffset Now = new(2026, 9, 16, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Everything in Area 1, where any increments are allowed.</summary>
    public static readonly DeckOptions Options = new() { ReferenceTime = Now, DefaultArea = CallArea.Area1 };

    public static DeckResult Read(string text, DeckOptions? options = null)
    {
        var content = Encoding.UTF8.GetBytes(text);
        return DeckReader.Read(new MemoryStream(content), TableFile.Detect(content), options ?? Options);
    }

    public static DeckResult ReadFile(string path, DeckOptions options)
    {
        using var file = File.OpenRead(path);
        var start = new byte[TableFile.LookedAt];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return DeckReader.Read(file, TableFile.Detect(start.AsSpan(0, length)), options);
    }

    /// <summary>"prefix steps" of each entry of the first part.</summary>
    public static string[] Entries(this DeckResult result, int part = 0) =>
        [.. result.Parts[part].Content.Entries.Select(entry => $"{entry.Prefix} {Tariff.FormatSteps(entry.OwnTariff!.Steps)}")];

    /// <summary>"line column value" of each error.</summary>
    public static string[] Places(this DeckResult result) => [.. result.Errors.Select(e => $"{e.Line} {e.Column} {e.Value}")];

    /// <summary>The only error's reason.</summary>
    public static string Reason(this DeckResult result) => Assert.Single(result.Errors).Reason;
}
