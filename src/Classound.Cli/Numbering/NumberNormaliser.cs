using System.Buffers;
using PhoneNumbers;

namespace Classound.Cli.Numbering;

/// <summary>
/// Turns numbers as people dial them in one country into E.164, as an edge must before it asks (product rule R10).
/// A number is taken when it is a <i>possible</i> one: right country code and a full national length. Assigned ranges
/// change too often to demand a <i>valid</i> one. What is only a local number (seven digits in the United States) is not taken:
/// its area code would be a guess.
/// </summary>
public sealed class NumberNormaliser
{
    private static readonly SearchValues<char> DialledCharacters = SearchValues.Create("+0123456789 -.()/");

    private readonly PhoneNumberUtil _numbers = PhoneNumberUtil.GetInstance();
    private readonly ShortNumberInfo _shortNumbers = ShortNumberInfo.GetInstance();

    /// <param name="country">ISO 3166-1 alpha-2, of the place where the numbers were dialled.</param>
    /// <exception cref="ArgumentException">The country has no numbering plan in the metadata.</exception>
    public NumberNormaliser(string country)
    {
        Country = country.ToUpperInvariant();
        if (_numbers.GetCountryCodeForRegion(Country) == 0)
            throw new ArgumentException($"'{country}' is not a country with a numbering plan; expected two letters such as US.",
                nameof(country));
    }

    public string Country { get; }

    /// <summary>The number with its plus, or null when it is not a full number dialled in this country.</summary>
    public string? ToE164(string dialled)
    {
        if (dialled.Length == 0 || dialled.AsSpan().ContainsAnyExcept(DialledCharacters))
            return null;
        try
        {
            var number = _numbers.Parse(dialled, Country);
            return _numbers.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE
                ? _numbers.Format(number, PhoneNumberFormat.E164)
                : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>Whether it is exactly one of the country's emergency numbers (R11).</summary>
    public bool IsEmergency(string dialled) =>
        dialled.Length > 0 && !dialled.AsSpan().ContainsAnyExceptInRange('0', '9') && _shortNumbers.IsEmergencyNumber(dialled, Country);

    public bool IsPublicNumber(string dialled) => IsEmergency(dialled) || ToE164(dialled) is not null;
}
