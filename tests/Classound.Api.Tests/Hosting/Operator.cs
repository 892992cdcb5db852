using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Classound.Contracts.Rating.V1;
using Classound.Contracts.Reports.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Classound.Api.Tests.Hosting;

/// <summary>The API's clients, and what every test needs to be provisioned. All of it is safe to repeat.</summary>
public sealed class Operator(CallInvoker rpcs)
{
    public const string Own = "+390612345678";
    public const string Italy = "+390212345678";
    public const string France = "+33123456789";

    /// <summary>Italy in Area 1 at 0.02 a minute 60/60, France in Area 2 at 0.06 a minute by the second, a dear satellite.</summary>
    public const string PriceListCsv = """
        kind,prefix,country,destination,area,connect_fee,minimum_seconds,steps,high_cost
        area,,,,1,,,0.02/60+60,
        area,,,,2,,,0.06/60+1,
        prefix,39,IT,Italy,1,,,,no
        prefix,33,FR,France,2,,,,no
        prefix,8821,,Satellite,6,0.5,,5/60+1,yes

        """;

    public CallService.CallServiceClient Calls { get; } = new(rpcs);

    public BillingService.BillingServiceClient Billing { get; } = new(rpcs);

    public ReportService.ReportServiceClient Reports { get; } = new(rpcs);

    public RatingService.RatingServiceClient Rating { get; } = new(rpcs);

    public PbxService.PbxServiceClient Pbxs { get; } = new(rpcs);

    public DidService.DidServiceClient Dids { get; } = new(rpcs);

    public PlanService.PlanServiceClient Plans { get; } = new(rpcs);

    public PriceListService.PriceListServiceClient PriceLists { get; } = new(rpcs);

    /// <summary>Price list END_USER version 1 and plan FLAT of 3,000 pooled minutes, both in force since 2015.</summary>
    public async Task ProvisionCatalogue()
    {
        await Import(new ImportPriceListHeader
        {
            PriceListType = "END_USER", CurrencyCode = "EUR", TimeZone = "Europe/Rome",
            EffectiveTime = new() { Seconds = 1_420_070_400 },
        }, PriceListCsv);
        await Plans.CreatePlanVersionAsync(new CreatePlanVersionRequest { Plan = Flat("FLAT", PlanSharing.Pooled) });
        await Plans.CreatePlanVersionAsync(new CreatePlanVersionRequest { Plan = Flat("FLAT-USER", PlanSharing.PerUser) });
    }

    public static PlanVersion Flat(string code, PlanSharing sharing) => new()
    {
        PlanCode = code, EffectiveDate = "2015-01-01", Term = PlanTerm.Monthly, MinutesPerUser = 3000, Sharing = sharing,
        CurrencyCode = "EUR", Bands = { new UserBand { MonthlyFeeNanos = 9_000_000_000 } },
    };

    public static Pbx Settings(string pbxId) => new()
    {
        PbxId = pbxId, Name = "Acme", Country = "IT", TimeZone = "Europe/Rome", CurrencyCode = "EUR", PriceListType = "END_USER",
        PlanCode = "FLAT", ActiveFromDate = "2018-01-01", Licences = new UserLicences { Basic = 3, Premium = 1 },
    };

    /// <summary>An Italian PBX of four users with the number <see cref="Own"/>, or another one.</summary>
    public async Task<string> NewPbx(string pbxId, string? number = null)
    {
        await Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = Settings(pbxId) });
        await Dids.AddDidAsync(new AddDidRequest { PbxId = pbxId, Number = number ?? NumberOf(pbxId), Kind = DidKind.Hosted });
        return pbxId;
    }

    /// <summary>A number for each PBX of the tests: a number has one owner in the whole system.</summary>
    public static string NumberOf(string pbxId) => "+3906" + pbxId.Aggregate(17u, (sum, c) => unchecked(sum * 31 + c)) % 100_000_000 + pbxId.Length;

    public static AuthorizeCallRequest Call(string pbxId, string callId, string called = Italy) => new()
    {
        PbxId = pbxId, CallId = callId, Direction = CallDirection.Outbound, Caller = NumberOf(pbxId), Called = called, CanExtend = true,
    };

    /// <summary>All that billing is given of a month.</summary>
    public async Task<List<RatedCall>> RatedCalls(string pbxId, string month, int pageSize = 1000)
    {
        var calls = new List<RatedCall>();
        var request = new ListRatedCallsRequest { PbxId = pbxId, BillingMonth = month, PageSize = pageSize };
        do
        {
            var page = await Billing.ListRatedCallsAsync(request);
            calls.AddRange(page.Calls);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return calls;
    }

    public async Task<ImportPriceListResponse> Import(ImportPriceListHeader header, params string[] chunks)
    {
        using var call = PriceLists.ImportPriceList();
        try
        {
            await call.RequestStream.WriteAsync(new ImportPriceListRequest { Header = header });
            foreach (var chunk in chunks) await call.RequestStream.WriteAsync(new ImportPriceListRequest { Chunk = ByteString.CopyFromUtf8(chunk) });
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // A server that has refused already does not read on; why, stands in its answer.
        }

        return await call;
    }

    /// <summary>The error of a call that is to fail.</summary>
    public static async Task<RpcException> Refused<T>(AsyncUnaryCall<T> call) =>
        await Assert.ThrowsAsync<RpcException>(async () => await call);

    /// <summary>Status and machine-readable reason of an error, as "NotFound PBX_UNKNOWN".</summary>
    public static string Reason(RpcException error) =>
        $"{error.StatusCode} {error.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason}";
}
