using System.Collections.Frozen;

namespace Classound.PriceLists;

/// <summary>Currencies in which a price list may be: the 154 of ISO 4217 that are money in circulation, and two that were.</summary>
public static class CurrencyCodes
{
    private const string Active =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE "
        + "CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD "
        + "JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD "
        + "NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
        + "SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

    // Still read: lists that were made before their currency went.
    private const string Former = "ANG BGN";

    private static readonly FrozenSet<string> Codes = $"{Active} {Former}".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How many codes are known.</summary>
    public static int Count => Codes.Count;

    /// <summary>True for three capital letters that stand for a currency.</summary>
    public static bool IsKnown(string code) => Codes.Contains(code);
}
