using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>Rows of the kinds <c>did</c> and <c>freephone</c>: fees by country.</summary>
internal sealed class FeeRows(PriceListRules rules)
{
    private const int MaxKindLength = 64;

    private readonly Dictionary<(string Country, string Kind), Place> _didPlaces = [];
    private readonly Dictionary<string, Place> _freePhonePlaces = new(StringComparer.Ordinal);
    private readonly List<DidFee> _dids = [];
    private readonly List<FreePhoneFee> _freePhones = [];

    public DidFee[] Dids => [.. _dids];

    public FreePhoneFee[] FreePhones => [.. _freePhones];

    public void ReadDid(PriceListRow row)
    {
        var country = row.ReadCountry(optional: false);
        var kind = row.ReadName(OwnColumn.NumberKind, MaxKindLength);
        var setup = row.ReadAmount(OwnColumn.SetupFee, rules.MaxFee);
        var monthly = row.ReadAmount(OwnColumn.MonthlyFee, rules.MaxFee);
        if (country.Length > 0 && !_didPlaces.TryAdd((country, kind), row.Place))
            row.Refuse(OwnColumn.NumberKind, $"given twice: {row.Name(_didPlaces[(country, kind)])} has this kind of {country} too");
        else
            _dids.Add(new DidFee(country, kind, setup, monthly));
    }

    public void ReadFreePhone(PriceListRow row)
    {
        var country = row.ReadCountry(optional: false);
        var monthly = row.ReadAmount(OwnColumn.MonthlyFee, rules.MaxFee);
        var land = row.ReadAmount(OwnColumn.FixedPerMinute, rules.MaxPricePerMinute);
        var mobile = row.ReadAmount(OwnColumn.MobilePerMinute, rules.MaxPricePerMinute);
        var payphone = row.ReadAmount(OwnColumn.PayphonePerMinute, rules.MaxPricePerMinute);
        if (country.Length > 0 && !_freePhonePlaces.TryAdd(country, row.Place))
            row.Refuse(OwnColumn.Country, $"given twice: {row.Name(_freePhonePlaces[country])} has this country too");
        else
            _freePhones.Add(new FreePhoneFee(country, monthly, land, mobile, payphone));
    }
}
