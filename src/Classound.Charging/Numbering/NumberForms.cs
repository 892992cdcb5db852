namespace Classound.Charging.Numbering;

/// <summary>The sentence that goes with each <see cref="NumberForm"/>.</summary>
public static class NumberForms
{
    private const string Expected = "; expected '+', the country code and the number, 7 to 15 digits in all, such as +14805550100.";

    /// <summary>For people: what was seen and what is expected. Says nothing of the number itself, so it may be logged.</summary>
    public static string Reason(NumberForm form) => form switch
    {
        NumberForm.E164 => "The number is in E.164 form.",
        NumberForm.Empty => "The number is empty" + Expected,
        NumberForm.MissingPlus => "The number has no '+', so its country code cannot be known" + Expected,
        NumberForm.InternationalPrefix => "The number starts with an international dialling prefix (00, 011 or 810) in place of '+'" + Expected,
        NumberForm.NationalFormat => "The number starts with the 0 dialled inside a country and has no country code" + Expected,
        NumberForm.ShortCode => "The number is an extension or a short code, which has no country code" + Expected,
        NumberForm.VisualSeparators => "The number contains spaces, hyphens, dots, slashes or parentheses" + Expected,
        NumberForm.SipUri => "The value is a SIP address, not a number" + Expected,
        NumberForm.TelUri => "The value is a tel: URI, not a number" + Expected,
        NumberForm.NameAddr => "The value is a SIP header with an address in angle brackets, not a number" + Expected,
        NumberForm.Parameters => "The number is followed by parameters (';')" + Expected,
        NumberForm.LeadingZero => "The digit after '+' is 0, and no country code starts with 0" + Expected,
        NumberForm.TooShort => "The number has fewer than 7 digits" + Expected,
        NumberForm.TooLong => "The number has more than 15 digits" + Expected,
        NumberForm.ServiceCode => "The value is a service code with '*' or '#', not a number" + Expected,
        NumberForm.Letters => "The number contains letters or dialling pauses" + Expected,
        NumberForm.Anonymous => "The number was withheld by the caller" + Expected,
        NumberForm.NonAsciiDigits => "The number contains digits that are not 0-9" + Expected,
        NumberForm.UnexpectedCharacter => "The number contains a character that no number has" + Expected,
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };
}
