using Classound.Charging.Numbering;
using Classound.Charging.Tests.Vectors;

namespace Classound.Charging.Tests.Numbering;

public sealed class NumberFormTests
{
    private const string FormsFile = "data/numbering/sip_and_tel_uri_number_forms.txt";

    // What each line of the public list is, decided by reading it, not by running the parser.
    private static readonly Dictionary<string, NumberForm> ListedForms = new(StringComparer.Ordinal)
    {
        ["sip:+14805550100;npdi;rn=+14805550199;phone-context=msg.pc.example@192.0.2.10:5060;user=phone"] = NumberForm.SipUri,
        ["sip:+919000000000;npdi;rn=+919000000099@ims.example;user=phone"] = NumberForm.SipUri,
        ["sip:+1401718123;npdi;rn=1234567890@10.84.2.10:50004;transport=udp;user=phone"] = NumberForm.SipUri,
        ["sip:+15551234567;npdi;rn=+15559990000@carrier.example;user=phone"] = NumberForm.SipUri,
        ["sip:0191349809@ntt-east.example"] = NumberForm.SipUri,
        ["sip:alice:secret@host.example"] = NumberForm.SipUri,
        ["<sip:gateway.ims.example>"] = NumberForm.NameAddr,
        ["\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=au8p9hum-CC-1002-OFC-160"] = NumberForm.Anonymous,
        ["<sip:123@abc.example;ttl=10;user=phone;a;b;c;d;e?xx=yy&x1=aa>"] = NumberForm.NameAddr,
        ["\"abc\"<sips:123:tsdd@[1080::8:800:200c:417a]:5061>"] = NumberForm.NameAddr,
        ["tel:+1-201-555-0123"] = NumberForm.TelUri,
        ["tel:201-555-0123;phone-context=+1"] = NumberForm.TelUri,
        ["tel:863-1234;phone-context=+1-914-555"] = NumberForm.TelUri,
        ["tel:235-1707;ext=4567;phone-context=+1-814-555"] = NumberForm.TelUri,
        ["tel:7042;phone-context=example.com"] = NumberForm.TelUri,
        ["tel:+12-(34)-56-78;Ext=200;ISUB=+123-456"] = NumberForm.TelUri,
        ["tel:0w003585551234567;phone-context=+3585551234"] = NumberForm.TelUri,
        ["tel:+91-900-000-0000"] = NumberForm.TelUri,
        ["tel:+91(900)000.0000"] = NumberForm.TelUri,
        ["tel:9000000000;phone-context=+91"] = NumberForm.TelUri,
        ["tel:+919000000000;ext=12"] = NumberForm.TelUri,
        ["tel:+44-20-7946-0018;ext=123"] = NumberForm.TelUri,
        ["81079246516548"] = NumberForm.InternationalPrefix,
        ["011919885550000"] = NumberForm.InternationalPrefix,
        ["00353213456654"] = NumberForm.InternationalPrefix,
        ["+38(000)00-00-001"] = NumberForm.VisualSeparators,
    };

    [SkippableFact]
    public void EveryListedForm_IsRefusedWithItsReason()
    {
        var path = SharedData.Find(FormsFile);
        Skip.If(path is null, $"{FormsFile} is not there");
        var lines = File.ReadAllLines(path).Where(l => l.Length > 0 && l[0] != '#').ToList();
        Assert.Equal(ListedForms.Keys.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
        foreach (var line in lines) AssertForm(ListedForms[line], line);
    }

    [Theory]
    [InlineData("", NumberForm.Empty)]
    [InlineData(" \t", NumberForm.Empty)]
    [InlineData("14805550100", NumberForm.MissingPlus)]
    [InlineData("4805550100", NumberForm.MissingPlus)]
    [InlineData("201-555-0123", NumberForm.MissingPlus)]
    [InlineData("8105551234", NumberForm.MissingPlus)] // Michigan, not a dialling prefix.
    [InlineData("00442079460018", NumberForm.InternationalPrefix)]
    [InlineData("0011442079460018", NumberForm.InternationalPrefix)]
    [InlineData("011 44 20 7946 0018", NumberForm.InternationalPrefix)]
    [InlineData("8w10442079460018", NumberForm.InternationalPrefix)]
    [InlineData("0w003585551234567", NumberForm.InternationalPrefix)]
    [InlineData("01134960018", NumberForm.NationalFormat)] // Leeds, as dialled in the country.
    [InlineData("0191349809", NumberForm.NationalFormat)]
    [InlineData("020 7946 0018", NumberForm.NationalFormat)]
    [InlineData("101", NumberForm.ShortCode)]
    [InlineData("911", NumberForm.ShortCode)]
    [InlineData("123456", NumberForm.ShortCode)]
    [InlineData("+44 20 7946 0018", NumberForm.VisualSeparators)]
    [InlineData("+1.480.555.0100", NumberForm.VisualSeparators)]
    [InlineData("(+1) 480 555 0100", NumberForm.VisualSeparators)]
    [InlineData("+14805550100 ", NumberForm.VisualSeparators)]
    [InlineData("+14805550100\n", NumberForm.VisualSeparators)]
    [InlineData("SIP:+14805550100@host", NumberForm.SipUri)]
    [InlineData("+14805550100@host", NumberForm.SipUri)]
    [InlineData("TEL:+14805550100", NumberForm.TelUri)]
    [InlineData("\"Bob\" <sip:+14805550100@host>", NumberForm.NameAddr)]
    [InlineData("+14805550100;ext=12", NumberForm.Parameters)]
    [InlineData("+0", NumberForm.LeadingZero)]
    [InlineData("+04", NumberForm.LeadingZero)]
    [InlineData("+0480555010", NumberForm.LeadingZero)]
    [InlineData("+", NumberForm.TooShort)]
    [InlineData("+123456", NumberForm.TooShort)]
    [InlineData("+1 2-3", NumberForm.TooShort)]
    [InlineData("+1234567890123456", NumberForm.TooLong)]
    [InlineData("*97", NumberForm.ServiceCode)]
    [InlineData("#21#", NumberForm.ServiceCode)]
    [InlineData("*21*+14805550100#", NumberForm.ServiceCode)]
    [InlineData("alice", NumberForm.Letters)]
    [InlineData("+1800FLOWERS", NumberForm.Letters)]
    [InlineData("+14805550100w12", NumberForm.Letters)]
    [InlineData("anonymous", NumberForm.Anonymous)]
    [InlineData("Anonymous", NumberForm.Anonymous)]
    [InlineData("\"Restricted\"", NumberForm.Anonymous)]
    [InlineData("sip:anonymous@anonymous.invalid", NumberForm.Anonymous)]
    [InlineData("sips:anonymous@host.example", NumberForm.Anonymous)]
    [InlineData("+1480555010\u0660", NumberForm.NonAsciiDigits)]
    [InlineData("\uff0b14805550100", NumberForm.UnexpectedCharacter)] // Full-width plus.
    [InlineData("++14805550100", NumberForm.UnexpectedCharacter)]
    [InlineData("1+4805550100", NumberForm.UnexpectedCharacter)]
    [InlineData("+1480\u00005550100", NumberForm.UnexpectedCharacter)]
    [InlineData("()", NumberForm.UnexpectedCharacter)]
    public void OtherForm_IsRefusedWithItsReason(string text, NumberForm expected) => AssertForm(expected, text);

    [Fact]
    public void EveryForm_HasASentenceOfItsOwn()
    {
        var reasons = Enum.GetValues<NumberForm>().Select(NumberForms.Reason).ToList();
        Assert.Equal(reasons.Count, reasons.Distinct(StringComparer.Ordinal).Count());
        Assert.All(reasons, r => Assert.EndsWith(".", r, StringComparison.Ordinal));
        Assert.All(reasons.Skip(1), r => Assert.Contains("expected '+'", r, StringComparison.Ordinal));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberForms.Reason((NumberForm)200));
    }

    private static void AssertForm(NumberForm expected, string text)
    {
        var form = E164Number.Parse(text, out var number);
        Assert.True(expected == form, $"{text}: expected {expected}, was {form}");
        Assert.False(number.IsPresent);
    }
}
