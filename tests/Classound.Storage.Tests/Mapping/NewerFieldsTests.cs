using Classound.Storage.Mapping;
using Classound.Storage.Mapping.Stored;
using Google.Protobuf;

namespace Classound.Storage.Tests.Mapping;

/// <summary>A release that knows less writes values again that one that knows more has written.</summary>
public sealed class NewerFieldsTests
{
    /// <summary>A field 100 that no message here has.</summary>
    private static readonly byte[] Added = [0xA0, 0x06, 0xE7, 0x24];

    [Fact]
    public void AddedFieldsOfAValueAndOfItsParts_SurviveEveryRewriting()
    {
        var newer = Found("c:c1", With(new StoredActiveCall { Parties = With(new StoredParties { EdgeId = "edge-1" }), RequestNumber = 1 }));

        foreach (var number in new[] { 2, 3 })
        {
            var written = newer.Onto("c:c1", new StoredActiveCall { Parties = new StoredParties { EdgeId = $"edge-{number}" }, RequestNumber = number }.ToByteArray());

            var expected = With(new StoredActiveCall { Parties = With(new StoredParties { EdgeId = $"edge-{number}" }), RequestNumber = number });
            Assert.Equal(expected, StoredActiveCall.Parser.ParseFrom(written));
        }
    }

    [Fact]
    public void LimitThatIsChanged_LeavesALimitThatOnlyTheNewerReleaseKnows()
    {
        var newer = Found("s", new StoredSettings { Name = "Acme", Limits = With(new StoredLimits { MaxConcurrentCalls = 3 }) });

        var written = newer.Onto("s", new StoredSettings { Name = "Acme", Limits = new StoredLimits { MaxConcurrentCalls = 5 } }.ToByteArray());

        Assert.Equal(With(new StoredLimits { MaxConcurrentCalls = 5 }), StoredSettings.Parser.ParseFrom(written).Limits);
    }

    [Fact]
    public void AnotherPlan_InheritsNothing_TheSameOneKeepsAll()
    {
        var plan = With(new StoredPlan { Code = "FLAT", Bands = { With(new StoredPlan.Types.StoredBand { MaxUsers = 5 }) } });
        var newer = Found("a:202611", new StoredAllowance { Users = 1, Plan = plan });

        var same = newer.Onto("a:202611", new StoredAllowance { Users = 2, Plan = Plain("FLAT") }.ToByteArray());
        Assert.Equal(plan, StoredAllowance.Parser.ParseFrom(same).Plan);

        var other = newer.Onto("a:202611", new StoredAllowance { Users = 2, Plan = Plain("OTHER") }.ToByteArray());
        Assert.Equal(Plain("OTHER"), StoredAllowance.Parser.ParseFrom(other).Plan);

        static StoredPlan Plain(string code) => new() { Code = code, Bands = { new StoredPlan.Types.StoredBand { MaxUsers = 5 } } };
    }

    [Fact]
    public void FieldThatWasRemoved_LeavesNothingToTheNextOfItsName()
    {
        var newer = Found("d:3906555", With(new StoredDid { Kind = 1 }));

        newer.Forget("d:3906555");

        Assert.Equal(new StoredDid { Kind = 2 }.ToByteArray(), newer.Onto("d:3906555", new StoredDid { Kind = 2 }.ToByteArray()));
    }

    [Fact]
    public void WhatThisReleaseWrote_IsWrittenAsItIs()
    {
        var newer = Found("t:202611:1:2", new StoredTotals { Calls = 1, AmountNanos = 42 });
        var value = new StoredTotals { Calls = 2, AmountNanos = 84 }.ToByteArray();

        Assert.Same(value, newer.Onto("t:202611:1:2", value));
    }

    private static NewerFields Found(string name, IMessage stored)
    {
        var newer = new NewerFields();
        newer.Find(new Dictionary<string, byte[]> { [name] = stored.ToByteArray(), ["z:later"] = [1, 2, 3] });
        return newer;
    }

    private static T With<T>(T message)
        where T : IMessage
    {
        message.MergeFrom(Added);
        return message;
    }
}
