using System.Globalization;

namespace Classound.PriceLists.Decks;

/// <summary>Names of destinations, and where they say another country than the number.</summary>
internal sealed class DeckNames
{
    private readonly Dictionary<(string Country, string Destination, string Network), string> _names = [];
    private readonly Dictionary<string, string> _countries = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Said, string Is), (int Line, int Prefixes)> _unknown = [];
    private readonly Dictionary<(string Said, string Is), (int Line, int Prefixes, string Name)> _others = [];

    /// <summary>"Germany Mobile - Vodafone" of "Germany" and "Mobile - Vodafone"; the network's own name where the row has none.</summary>
    public string Name(string country, string destination, string network, int line, RemarkLog notes)
    {
        if (_names.TryGetValue((country, destination, network), out var known)) return known;
        var place = country is [_, _] ? network : country;
        var named = place.Length == 0 || destination.StartsWith(place, StringComparison.OrdinalIgnoreCase)
            || (country is [_, _] && Numbering.CountryOf(destination) == country);
        var full = destination.Length > 0 ? (named ? destination : $"{place} {destination}") : place.Length > 0 ? place : network;
        // A name is one line of text in every format in which it will be written.
        var text = string.Concat(full.Select(static c => char.IsControl(c) ? ' ' : c));
        var name = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length > PriceListFile.MaxDestinationLength)
        {
            notes.Add(line, "destination", name, Say($"cut to {PriceListFile.MaxDestinationLength} characters"));
            var cut = char.IsHighSurrogate(name[PriceListFile.MaxDestinationLength - 1]) ? 1 : 0;
            name = name[..(PriceListFile.MaxDestinationLength - cut)].TrimEnd();
        }

        _names.Add((country, destination, network), name);
        return name;
    }

    public void Compare(string country, string destination, string actual, int line)
    {
        var text = country.Length > 0 ? country : destination;
        if (!_countries.TryGetValue(text, out var said)) _countries.Add(text, said = Numbering.CountryOf(text));
        if (said == actual) return;
        if (said.Length == 0)
        {
            // Destinations and networks may have any name.
            if (country.Length > 0 && actual.Length > 0) _unknown[(country, actual)] = Counted(_unknown.GetValueOrDefault((country, actual), (line, 0)));
            return;
        }

        var (first, prefixes, name) = _others.GetValueOrDefault((said, actual), (line, 0, text));
        _others[(said, actual)] = (first, prefixes + 1, name);
    }

    public void Report(RemarkLog errors, RemarkLog notes)
    {
        foreach (var ((said, actual), (line, prefixes)) in _unknown.OrderBy(static pair => pair.Value.Line))
        {
            if (said is [_, _]) errors.Add(line, "country", said,
                $"no country has this code; expected one of ISO 3166-1, such as {actual}, to which the number belongs, or country=- (--column) to pass over them");
            else notes.Add(line, "country", said,
                $"{Prefixes(prefixes)} of a country that is not known by this name, this the first; the number belongs to {actual}: it decides");
        }

        foreach (var ((said, actual), (line, prefixes, name)) in _others.OrderBy(static pair => pair.Value.Line))
        {
            var counted = $"{Prefixes(prefixes)} named as {said}, this the first";
            notes.Add(line, "country", name, $"{counted}, but the number belongs to {(actual.Length > 0 ? actual : "no country")}: it decides");
        }
    }

    private static (int Line, int Prefixes) Counted((int Line, int Prefixes) before) => (before.Line, before.Prefixes + 1);

    private static string Prefixes(int count) => Say($"{count} {(count == 1 ? "prefix" : "prefixes")}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
