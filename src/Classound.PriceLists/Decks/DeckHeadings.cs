using System.Collections.Frozen;

namespace Classound.PriceLists.Decks;

/// <summary>What operators call the columns of their decks. Of several columns for one target the name that stands earlier here wins.</summary>
internal static class DeckHeadings
{
    private static readonly FrozenDictionary<string, (DeckTarget Target, int Rank)> Known = Build(
        (DeckTarget.Prefix,
            "complete code|full code|full prefix|complete prefix|prefix|prefixes|dial code|dial codes|dialcode|dialcodes|dialing code|"
            + "dialing codes|dialling code|dialling codes|dial prefix|dialed digits|dialled digits|destination code|destination codes|"
            + "dest code|destination prefix|code list|codes|code|e164|e 164|number prefix|digits|breakout|breakouts|breakout codes|"
            + "phone code|number|vorwahl|prefijo|prefijos|codigo|indicatif|prefisso"),
        (DeckTarget.CountryCode, "country code|country codes|countrycode|country dial code|country prefix|cc|ccode|dial country code"),
        (DeckTarget.AreaCode, "area code|area codes|areacode|city code|city codes|citycode|area prefix|region code|ndc|network code"),
        (DeckTarget.Country, "country|country name|country iso|iso|iso code|land|pays|pais|paese"),
        (DeckTarget.Destination,
            "destination|destinations|destination name|dest name|dest|network|network name|description|traffic direction|direction|"
            + "zone|zone name|area name|breakout name|operator|carrier|location|region|route|name|ziel|destino|destinazione"),
        (DeckTarget.Price,
            "new rate|new price|rate|rates|price|prices|price n|price 1|price per minute|rate per minute|minute rate|minute price|"
            + "current rate|current price|tariff|cost|charge|flat rate|rate all day|preis|prix|precio|tarifa|prezzo"),
        (DeckTarget.Increments,
            "pulse|pulses|billing increment|billing increments|increment|increments|billing interval|billing|billing pulse|"
            + "billing scheme|billing terms|rounding|interval|pulse scheme|charging interval|tick|takt|taktung"),
        (DeckTarget.FirstIncrement,
            "interval 1|first increment|initial increment|minimum increment|first interval|initial interval|initial period|"
            + "first pulse|min increment|initial"),
        (DeckTarget.NextIncrement,
            "interval n|next increment|subsequent increment|additional increment|next interval|subsequent interval|next pulse|"
            + "subsequent period|subsequent"),
        (DeckTarget.ConnectFee, "connect fee|connection fee|connect charge|connection charge|setup fee|call setup fee|setup charge|setup|flag fall"),
        (DeckTarget.MinimumSeconds, "minimum seconds|minimum duration|min duration|minimum time|min time|minimum|min seconds"),
        (DeckTarget.ValidFrom,
            "effective date|effective from|effective|valid from|validity date|valid date|start date|activation date|eff date|"
            + "effectivity|effective since|from date|from|date|gultig ab|gueltig ab|gültig ab|valido desde|valable"),
        (DeckTarget.ValidUntil,
            "valid until|valid to|valid till|valid thru|valid through|validity end|validity end date|end date|end validity|expiry date|"
            + "expiration date|expire date|expires|expires on|expiry|effective to|effective until|effective till|effective end date|"
            + "until|till|to date|date to|end|to|discontinue date|discontinued date|discontinued from|discontinued on|closing date|"
            + "closed date|closed from|closed on|close date|deletion date|deleted date|deleted on|withdrawal date|withdrawn from|"
            + "withdrawn on|removal date|discontinuation date|gultig bis|gueltig bis|gültig bis|valido hasta|válido hasta"),
        (DeckTarget.Change,
            "change|change type|type of change|rate change|price change|code change|area code change|status|action|changes|"
            + "discontinued|closed|deleted|withdrawn|forbidden|blocked|inactive|disabled|suspended"),
        (DeckTarget.Currency, "currency|ccy|curr|currency code|wahrung|währung|moneda|devise"));

    private static readonly string[] Units = ["per", "min", "minute", "in", "mins"];

    /// <summary>Null for a heading that says nothing; a lower rank is the better name.</summary>
    public static (DeckTarget Target, int Rank)? Find(string heading)
    {
        heading = heading.Replace("US$", "USD", StringComparison.Ordinal);
        var words = Numbering.Words(heading);
        if (words.Length == 0) return null;
        if (Known.TryGetValue(words, out var found)) return found;
        // "Rate (Old)" and "Rate (cents/min)" are not the price per minute: what brackets add to a price must be a unit or a currency.
        if (Known.TryGetValue(Numbering.Words(WithoutBrackets(heading)), out found)
            && (found.Target != DeckTarget.Price || Numbering.Words(InBrackets(heading)).Split(' ').All(IsUnit))) return found;
        // "Rate USD/Min" and even "EUR / min" are prices.
        var rest = words.Split(' ').Where(static word => !IsUnit(word)).ToList();
        if (rest.Count > 0) return Known.TryGetValue(string.Join(' ', rest), out found) && found.Target == DeckTarget.Price ? found : null;
        return words.Split(' ').Any(static word => CurrencyCodes.IsKnown(word.ToUpperInvariant())) ? (DeckTarget.Price, int.MaxValue) : null;
    }

    /// <summary>A price that is meant to replace another one in the deck.</summary>
    public static bool SaysNew(string heading) => Numbering.Words(heading).StartsWith("new ", StringComparison.Ordinal);

    private static bool IsUnit(string word) =>
        word.Length == 0 || Units.Contains(word, StringComparer.Ordinal) || CurrencyCodes.IsKnown(word.ToUpperInvariant());

    private static string WithoutBrackets(string heading) =>
        Brackets(heading) is (var open, var length) ? heading.Remove(open, length) : heading;

    private static string InBrackets(string heading) =>
        Brackets(heading) is (var open, var length) ? heading.Substring(open, length) : "";

    private static (int Open, int Length)? Brackets(string heading)
    {
        var open = heading.IndexOfAny(['(', '[']);
        var close = heading.LastIndexOfAny([')', ']']);
        return open < 0 || close < open ? null : (open, close - open + 1);
    }

    private static FrozenDictionary<string, (DeckTarget Target, int Rank)> Build(params (DeckTarget Target, string Names)[] targets) =>
        targets.SelectMany(static target => target.Names.Split('|').Select((name, rank) => (name, (target.Target, rank))))
            .ToFrozenDictionary(static pair => pair.name, static pair => pair.Item2, StringComparer.Ordinal);
}
