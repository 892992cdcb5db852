using System.Collections.Immutable;
using Classound.Charging;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Benchmarks.Micro;

/// <summary>What every call passes, on the same deck and PBX as the service is measured with.</summary>
internal static class HotPaths
{
    public const int DeckPrefixes = 18_000;

    private const string ListType = "BENCHMARK";
    private const string PlanCode = "BENCHMARK-FLAT";

    private static readonly int[] Lookups = [1_000, 100_000, 1_000_000];

    // A power of two, so that drawing the next number costs next to nothing.
    private const int Numbers = 1 << 18;

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);
    private static readonly E164Number Caller = E164Number.FromDigits(390_200_000_000);

    /// <param name="most">Prefixes of the largest look-up.</param>
    public static IEnumerable<HotPath> All(int most, int seed)
    {
        yield return new HotPath("parsing a number", () => NumberParsing(seed));
        foreach (var prefixes in Lookups.Where(prefixes => prefixes <= most))
            yield return new HotPath(FormattableString.Invariant($"prefix lookup, {prefixes:#,0} prefixes"), () => Lookup(prefixes, seed));
        yield return new HotPath("DecideAuthorize", () => DecideAuthorize(seed));
        yield return new HotPath("rating a call, 60/60 and half of it included", () => Rating(Tariff(60, 60, 20_000_000), included: 180));
        yield return new HotPath("rating a call, by the second", () => Rating(Tariff(60, 1, 60_000_000), included: 0));
        yield return new HotPath("encoding the commit of an authorisation", () => CommitEncoding.Authorisation(Granted(seed)));
    }

    private static Action<int> NumberParsing(int seed)
    {
        var random = new Random(seed);
        var texts = SyntheticDeck.Prefixes(1_000, seed).Select(prefix => "+" + SyntheticDeck.NumberUnder(prefix, random)).ToArray();
        return times =>
        {
            for (var i = 0; i < times; i++)
                if (E164Number.Parse(texts[i % texts.Length], out _) != NumberForm.E164) throw new InvalidOperationException(texts[i % texts.Length]);
        };
    }

    private static Action<int> Lookup(int prefixes, int seed)
    {
        var (table, numbers) = (Table(prefixes, seed), Drawn(prefixes, seed));
        var next = 0;
        return times =>
        {
            for (var i = 0; i < times; i++)
                if (table.Match(numbers[next++ & (Numbers - 1)]) is null) throw new InvalidOperationException("a number found no prefix");
        };
    }

    private static Action<int> DecideAuthorize(int seed)
    {
        var (pbx, catalogue) = (Pbx(), Catalogue(seed));
        pbx.Advance(catalogue, Now);
        var requests = Drawn(DeckPrefixes, seed).Take(1_024).Select(Request).ToArray();
        return times =>
        {
            for (var i = 0; i < times; i++)
                if (pbx.DecideAuthorize(requests[i % requests.Length], catalogue, Now).Outcome != AuthorizeOutcome.Granted)
                    throw new InvalidOperationException("not granted");
        };
    }

    /// <summary>A PBX with one call, granted a moment ago and not committed yet.</summary>
    private static Charging.Pbx Granted(int seed)
    {
        var (pbx, catalogue) = (Pbx(), Catalogue(seed));
        pbx.Advance(catalogue, Now);
        pbx.TakeChanges();
        var request = Request(Drawn(DeckPrefixes, seed)[0]);
        pbx.Apply(pbx.DecideAuthorize(request, catalogue, Now), request, Now);
        return pbx;
    }

    private static Action<int> Rating(Tariff tariff, int included)
    {
        ImmutableArray<TariffStep> ticks = included > 0 ? tariff.Steps : [];
        return times =>
        {
            for (var i = 0; i < times; i++) Rater.Rate(tariff, 4, Now, 1 + i % 720, ticks, included);
        };
    }

    private static AuthorizeRequest Request(E164Number called) => new()
    {
        CallId = "b1f0c3d2-0000-4000-0007-00000001a2b3", CallerText = Caller.ToString(), CallerForm = NumberForm.E164, Caller = Caller,
        CalledText = called.ToString(), CalledForm = NumberForm.E164, Called = called, CanExtend = true, ReportsAnswer = true, EdgeId = "edge-1",
    };

    private static Charging.Pbx Pbx()
    {
        var pbx = Charging.Pbx.Restore("customer-000000", new PbxSnapshot());
        pbx.Provision(new PbxSettings
        {
            Id = pbx.Id, Name = pbx.Id, Country = "IT", TimeZoneId = "Europe/Rome", Currency = "EUR", PriceListType = ListType, PlanCode = PlanCode,
            ActiveFrom = new DateOnly(2026, 11, 1), Licences = new UserLicences(20, 0, 0, 0),
        });
        for (var i = 0UL; i < 10; i++) pbx.AddDid(new Did(E164Number.FromDigits(Caller.Digits + i), DidKind.Hosted, false));
        return pbx;
    }

    private static Catalogue Catalogue(int seed)
    {
        var areas = Enumerable.Range(1, 6).ToDictionary(area => (CallArea)area, area => Tariff(60, area == 1 ? 60 : 1, area * 10_000_000));
        var list = new PriceListVersion(ListType, "EUR", "UTC", 4, 1, DateTimeOffset.UnixEpoch, areas, Table(DeckPrefixes, seed));
        var plan = new PlanVersion(
            PlanCode, new DateOnly(2015, 1, 1), PlanTerm.Month, 3000, AllowanceSharing.Pooled, "EUR", [new UserBand(1_000, new Amount(9_000_000_000))]);
        return new Catalogue([list], [plan]);
    }

    private static PrefixTable Table(int prefixes, int seed)
    {
        var random = new Random(seed);
        var terms = Enumerable.Range(0, 3_000).Select(i => new PriceListTerms("IT", "", (CallArea)(i % 6 + 1), null, false)).ToArray();
        var current = terms[0];
        return PrefixTable.Build([.. SyntheticDeck.Prefixes(prefixes, seed).Order(StringComparer.Ordinal).Select(prefix => new PriceListEntry(
            NumberPrefix.Parse(prefix), random.Next(4) == 0 ? current = terms[random.Next(terms.Length)] : current))]);
    }

    // As calls are: the n-th prefix of a random order 1/n as often as the first.
    private static E164Number[] Drawn(int prefixes, int seed)
    {
        var (all, random) = (SyntheticDeck.Prefixes(prefixes, seed), new Random(seed));
        random.Shuffle(all);
        return [.. Enumerable.Range(0, Numbers).Select(_ => E164Number.FromDigits(
            SyntheticDeck.NumberUnder(all[(int)Math.Pow(prefixes, random.NextDouble()) - 1], random)))];
    }

    private static Tariff Tariff(int per, int increment, long nanos) =>
        Charging.Rating.Tariff.Create(Amount.Zero, 0, [new TariffStep(0, new Amount(nanos), per, increment)]);
}
