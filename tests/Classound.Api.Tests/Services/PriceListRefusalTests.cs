using Classound.Api.Tests.Hosting;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Classound.Api.Tests.Services;

/// <summary>What an import refuses, by line and reason, while the version in force stays what it is.</summary>
[Collection(ApiCollection.Name)]
public sealed class PriceListRefusalTests(ApiHost host)
{
    private const string Type = "REFUSING";

    private readonly Operator _operator = host.Operator;

    /// <summary>A list that is right, with one row too many, on line 9.</summary>
    private const string Sound = """
        kind,currency,prefix,country,destination,area,steps,code,term,sharing,minutes_per_user,users_from,users_to,monthly_fee
        list,EUR,,,,,,,,,,,,
        area,,,,,1,0.02/60+60,,,,,,,
        area,,,,,2,0.06/60+1,,,,,,,
        prefix,,39,IT,Italy,1,,,,,,,,
        prefix,,33,FR,France,2,,,,,,,,
        plan,,,,,,,FLAT,1m,POOLED,3000,1,5,19.90
        plan,,,,,,,FLAT,1m,POOLED,3000,6,,17.50

        """;

    [Theory]
    [InlineData("prefix,,39,IT,Italy again,1,,,,,,,,", 9, "prefix", "39", "line 5")]
    [InlineData("prefix,,34,ES,Spain,7,,,,,,,,", 9, "area", "7", "1 to 6")]
    [InlineData("area,,,,,0,0.02/60+60,,,,,,,", 9, "area", "0", "1 to 6")]
    [InlineData("prefix,,34,ES,Spain,2,-0.02/60+1,,,,,,,", 9, "steps", "-0.02/60+1", "expected")]
    [InlineData("prefix,,34,ES,Spain,2,5000/60+1,,,,,,,", 9, "steps", "5000/60+1", "at most")]
    [InlineData("prefix,,34,XX,Spain,2,,,,,,,,", 9, "country", "XX", "ISO 3166-1")]
    [InlineData("prefix,,34,ES,Spain,3,,,,,,,,", 9, "area", "3", "no row of this area")]
    [InlineData("prefix,,34,ES,Spain,2,0.06/60+60,,,,,,,", 9, "steps", "0.06/60+60", "increments of 1 s")]
    [InlineData("prefix,,+34,ES,Spain,2,,,,,,,,", 9, "prefix", "+34", "without '+'")]
    public async Task WrongRow_IsRefusedByLineAndReason(string row, int line, string column, string value, string reason)
    {
        var before = await ActiveAsync();
        var reply = await _operator.Import(Header(), Sound + row + "\n");
        var error = Assert.Single(reply.Errors);
        Assert.Equal((line, column, value, 1), (error.Line, error.Column, error.Value, reply.ErrorCount));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Null(reply.PriceList);
        Assert.Equal(before, await ActiveAsync());
    }

    [Theory]
    [InlineData("3000,6,,17.50", "3000,7,,17.50", 8, "users_from", "7")]
    [InlineData("list,EUR", "list,USD", 2, "currency", "USD")]
    public async Task WrongCell_IsRefusedByLineAndReason(string right, string wrong, int line, string column, string value)
    {
        var before = await ActiveAsync();
        var reply = await _operator.Import(Header(), Sound.Replace(right, wrong, StringComparison.Ordinal));
        var error = Assert.Single(reply.Errors);
        Assert.Equal((line, column, value), (error.Line, error.Column, error.Value));
        Assert.NotEmpty(error.Reason);
        Assert.Equal(before, await ActiveAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnotherCurrencyOrAPastTime_IsRefused(bool validateOnly)
    {
        var before = await ActiveAsync();
        var header = Header();
        (header.CurrencyCode, header.ValidateOnly) = ("CHF", validateOnly);
        Assert.Equal("FailedPrecondition PRICE_LIST_CURRENCY_DIFFERS", await Refused(header, Operator.PriceListCsv));
        header = Header();
        (header.TimeZone, header.ValidateOnly) = ("Europe/Paris", validateOnly);
        Assert.Equal("FailedPrecondition PRICE_LIST_TIME_ZONE_DIFFERS", await Refused(header, Operator.PriceListCsv));
        header = Header();
        (header.EffectiveTime, header.ValidateOnly) = (DateTimeOffset.UtcNow.AddDays(-2).ToTimestamp(), validateOnly);
        Assert.Equal("FailedPrecondition PAST_IS_PRICED", await Refused(header, Operator.PriceListCsv));
        Assert.Equal(before, await ActiveAsync());
    }

    [Fact]
    public async Task WhatNothingSays_IsMissing()
    {
        var header = Header();
        (header.PriceListType, header.CurrencyCode) = ("UNSAID", "");
        Assert.StartsWith("InvalidArgument", await Refused(header, Operator.PriceListCsv), StringComparison.Ordinal);
        header.PriceListType = Type;
        await ActiveAsync();
        Assert.Equal("EUR", (await _operator.Import(header, Operator.PriceListCsv)).PriceList.CurrencyCode);
        header.PriceListType = "SAID";
        Assert.Equal("EUR", (await _operator.Import(header, Sound)).PriceList.CurrencyCode);
    }

    private static ImportPriceListHeader Header() => new() { PriceListType = Type, CurrencyCode = "EUR", TimeZone = "Europe/Rome" };

    private async Task<string> Refused(ImportPriceListHeader header, string csv) =>
        Operator.Reason(await Assert.ThrowsAsync<RpcException>(() => _operator.Import(header, csv)));

    /// <summary>The version in force and its content; the first caller makes it.</summary>
    private async Task<(int Version, string Content)> ActiveAsync()
    {
        var header = Header();
        header.EffectiveTime = new() { Seconds = 1_420_070_400 };
        Assert.Equal(0, (await _operator.Import(header, Sound)).ErrorCount);
        var list = (await _operator.PriceLists.GetPriceListAsync(new GetPriceListRequest { PriceListType = Type })).PriceList;
        return (list.Version, list.ContentSha256);
    }
}
