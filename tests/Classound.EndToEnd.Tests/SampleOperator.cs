using System.Globalization;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;

namespace Classound.EndToEnd.Tests;

/// <summary>A small operator, provisioned over gRPC as a real one would be. All prices are invented.</summary>
public sealed class SampleOperator(GrpcChannel channel)
{
    public const string ListType = "TEST";
    public const string Plan = "TEST-FLAT";

    /// <summary>Area 1 at 0.02 a minute 60/60, Area 2 at 0.06 a minute by the second.</summary>
    public const string PriceList = """
        kind,prefix,country,destination,area,connect_fee,minimum_seconds,steps,high_cost
        area,,,,1,0,0,0.02/60+60,
        area,,,,2,0,0,0.06/60+1,
        prefix,39,IT,Italy,1,,,,no
        prefix,1,US,United States,1,,,,no
        prefix,52,MX,Mexico,1,,,,no
        prefix,33,FR,France,2,,,,no
        prefix,91,IN,India,2,,,,no
        """;

    public CallService.CallServiceClient Calls { get; } = new(channel);

    public BillingService.BillingServiceClient Billing { get; } = new(channel);

    public PbxService.PbxServiceClient Pbxs { get; } = new(channel);

    public DidService.DidServiceClient Dids { get; } = new(channel);

    public async Task ProvisionPrices()
    {
        var upload = new PriceListService.PriceListServiceClient(channel).ImportPriceList();
        await upload.RequestStream.WriteAsync(new ImportPriceListRequest
        {
            Header = new ImportPriceListHeader
            {
                PriceListType = ListType, CurrencyCode = "EUR", TimeZone = "UTC", EffectiveTime = Timestamp.FromDateTime(DateTime.UnixEpoch),
            },
        });
        await upload.RequestStream.WriteAsync(new ImportPriceListRequest { Chunk = ByteString.CopyFromUtf8(PriceList) });
        await upload.RequestStream.CompleteAsync();
        var reply = await upload.ResponseAsync;
        if (reply.ErrorCount > 0) throw new InvalidOperationException(reply.Errors[0].ToString());
        await new PlanService.PlanServiceClient(channel).CreatePlanVersionAsync(new CreatePlanVersionRequest
        {
            Plan = new PlanVersion
            {
                PlanCode = Plan, EffectiveDate = "2015-01-01", Term = PlanTerm.Monthly, MinutesPerUser = 3000, Sharing = PlanSharing.Pooled,
                CurrencyCode = "EUR", Bands = { new UserBand { MaxUsers = 1_000, MonthlyFeeNanos = 9_000_000_000 } },
            },
        });
    }

    public async Task ProvisionPbx(string pbxId, string did, string timeZone = "Europe/Rome", int users = 4)
    {
        await Pbxs.CreatePbxAsync(new CreatePbxRequest
        {
            Pbx = new Pbx
            {
                PbxId = pbxId, Name = pbxId, Country = "IT", TimeZone = timeZone, CurrencyCode = "EUR", PriceListType = ListType,
                PlanCode = Plan, ActiveFromDate = "2018-01-01", Licences = new UserLicences { Basic = users },
            },
        });
        await Dids.AddDidAsync(new AddDidRequest { PbxId = pbxId, Number = did, Kind = DidKind.Hosted });
    }

    public async Task<List<RatedCall>> RatedCalls(string pbxId, string month)
    {
        var calls = new List<RatedCall>();
        var token = "";
        do
        {
            var page = await Billing.ListRatedCallsAsync(
                new ListRatedCallsRequest { PbxId = pbxId, BillingMonth = month, PageSize = 1000, PageToken = token });
            calls.AddRange(page.Calls);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return calls;
    }

    public async Task<RatedTotals> Totals(string pbxId, string month) =>
        (await Billing.GetRatedTotalsAsync(new GetRatedTotalsRequest { PbxId = pbxId, BillingMonth = month })).Totals;

    public async Task<List<Call>> ActiveCalls(string pbxId)
    {
        var calls = new List<Call>();
        var token = "";
        do
        {
            var page = await Calls.ListActiveCallsAsync(new ListActiveCallsRequest { PbxId = pbxId, PageSize = 1000, PageToken = token });
            calls.AddRange(page.Calls);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return calls;
    }

    /// <summary>Months that a call of now may be billed in, whatever the PBX's zone.</summary>
    public static IEnumerable<string> MonthsOfNow() =>
        new[] { -1, 0, 1 }.Select(days => DateTime.UtcNow.AddDays(days).ToString("yyyy-MM", CultureInfo.InvariantCulture)).Distinct();
}
