using System.Collections.Frozen;
using System.IO.Compression;
using PhoneNumbers;

namespace Classound.Api.Emergency;

/// <summary>
/// Which short codes are emergency numbers, by country (R11). Built once at start from libphonenumber's metadata of
/// short numbers; a look-up allocates nothing and asks nobody, because an emergency call depends on nothing else.
/// The whole dialled string must be the number: libphonenumber's other question, whether a string that only begins with
/// one might be put through, would make a free call of every extension such as 9112.
/// </summary>
public sealed class EmergencyNumbers
{
    private const string ResourcePrefix = "PhoneNumbers.metadata.ShortNumberMetadata_";
    private const int MaxDigits = 8;
    private const int AnyCountry = 0;

    // Key = country in the high half (0 = any), digits behind a leading 1 in the low half: 01, 1 and 001 are three numbers.
    private readonly FrozenSet<ulong> _numbers;
    private readonly FrozenSet<int> _countries;

    private EmergencyNumbers(IReadOnlyCollection<(string Country, string Number)> numbers)
    {
        _countries = numbers.Select(entry => PackCountry(entry.Country)).ToFrozenSet();
        _numbers = numbers
            .SelectMany(entry => new[] { Key(PackCountry(entry.Country), Pack(entry.Number)), Key(AnyCountry, Pack(entry.Number)) })
            .ToFrozenSet();
    }

    /// <exception cref="FormatException">
    /// The metadata is not of the form this was written for (or <see cref="InvalidDataException"/>): better no start than
    /// a lost number. The library answers for one number and one country at a time only; asking it for every short string
    /// in every country takes seconds, so the resource that it reads itself is read here.
    /// </exception>
    public static EmergencyNumbers FromMetadata()
    {
        var numbers = new List<(string, string)>();
        var assembly = typeof(ShortNumberInfo).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(ResourcePrefix, StringComparison.Ordinal)) continue;
            using var packed = assembly.GetManifestResourceStream(name)!;
            using var stream = new GZipStream(packed, CompressionMode.Decompress);
            var emergency = BuildMetadataFromBin.ReadMetadata(stream).Emergency;
            if (emergency is not { HasNationalNumberPattern: true, NationalNumberPattern: not "NA" }) continue;
            var country = name[ResourcePrefix.Length..];
            numbers.AddRange(DigitPattern.Expand(emergency.NationalNumberPattern).Select(number => (country, number)));
        }

        if (numbers.Count == 0 || numbers.Exists(entry => Pack(entry.Item2) == 0))
            throw new FormatException("The numbering metadata holds no emergency numbers, or one that is not 1 to 8 digits.");
        return new EmergencyNumbers(numbers);
    }

    /// <param name="dialled">As dialled, digits only; anything else is no emergency number.</param>
    /// <param name="country">
    /// ISO 3166-1 alpha-2 of the caller. Empty, or a country of which nothing is known: any country's emergency number
    /// counts, because a wrongly free short code costs less than a lost emergency call.
    /// </param>
    public bool Contains(ReadOnlySpan<char> dialled, ReadOnlySpan<char> country)
    {
        var digits = Pack(dialled);
        if (digits == 0) return false;
        var where = PackCountry(country);
        return _numbers.Contains(Key(_countries.Contains(where) ? where : AnyCountry, digits));
    }

    private static uint Pack(ReadOnlySpan<char> digits)
    {
        if (digits.Length is 0 or > MaxDigits) return 0;
        var packed = 1u;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return 0;
            packed = (packed * 10) + (uint)(digit - '0');
        }

        return packed;
    }

    private static int PackCountry(ReadOnlySpan<char> country) =>
        country.Length == 2 && char.IsAsciiLetterUpper(country[0]) && char.IsAsciiLetterUpper(country[1])
            ? (country[0] << 8) | country[1]
            : AnyCountry;

    private static ulong Key(int country, uint digits) => ((ulong)country << 32) | digits;
}
