namespace Classound.Charging.Numbering;

/// <summary>
/// What a text offered as a telephone number looks like. Everything but <see cref="E164"/> is refused with that
/// reason (R10): the form is recognised to say what was seen, never to repair it.
/// </summary>
public enum NumberForm : byte
{
    /// <summary>'+' and 7 to 15 digits, the first of them 1-9 (ITU-T E.164).</summary>
    E164 = 0,

    /// <summary>Nothing, or white space only.</summary>
    Empty = 1,

    /// <summary>Digits without the '+': the country code may or may not be there.</summary>
    MissingPlus = 2,

    /// <summary>Digits that start with an international dialling prefix: 00, 011, 810.</summary>
    InternationalPrefix = 3,

    /// <summary>Digits that start with a trunk 0, as dialled inside a country.</summary>
    NationalFormat = 4,

    /// <summary>At most six digits without '+': an extension or a short code, which has no country code.</summary>
    ShortCode = 5,

    /// <summary>A good number but for spaces, hyphens, dots, slashes or parentheses.</summary>
    VisualSeparators = 6,

    /// <summary>A sip: or sips: URI, or another user@host address (RFC 3261).</summary>
    SipUri = 7,

    /// <summary>A tel: URI (RFC 3966).</summary>
    TelUri = 8,

    /// <summary>A name-addr of a SIP header: an address in angle brackets, with or without a display name.</summary>
    NameAddr = 9,

    /// <summary>A number followed by parameters such as ;ext= or ;phone-context=.</summary>
    Parameters = 10,

    /// <summary>'+' and a 0: no country code starts with 0.</summary>
    LeadingZero = 11,

    /// <summary>'+' and fewer than seven digits.</summary>
    TooShort = 12,

    /// <summary>'+' and more than fifteen digits.</summary>
    TooLong = 13,

    /// <summary>A dialled service such as *97 or #21#.</summary>
    ServiceCode = 14,

    /// <summary>Letters: a user name, a vanity number, or dialling pauses.</summary>
    Letters = 15,

    /// <summary>The caller withheld their identity (anonymous, anonymous.invalid, restricted ...).</summary>
    Anonymous = 16,

    /// <summary>Digits of another script, which look right and are not ASCII.</summary>
    NonAsciiDigits = 17,

    /// <summary>A character no telephone number has, or a '+' that is not the first one.</summary>
    UnexpectedCharacter = 18,
}
