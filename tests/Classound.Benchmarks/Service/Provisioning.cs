using Classound.Benchmarks.Load;
using Classound.Charging;
using Classound.Charging.Numbering;
using Classound.Contracts.Provisioning.V1;
using Classound.Storage;
using Classound.Storage.Mapping;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Domain = Classound.Charging;
using LocalCalendar = Classound.Charging.Allowances.LocalCalendar;

namespace Classound.Benchmarks.Service;

/// <summary>
/// The operator that is measured: a deck of 18,000 prefixes and a plan over the API, PBXs with ten DIDs each straight into the ledger, by
/// the domain's and the store's own code. Ownership of the DIDs is left out: no call reads it.
/// </summary>
internal static class Provisioning
{
    public const string ListType = "BENCHMARK";
    public const int DeckPrefixes = 18_000;

    private const string Plan = "BENCHMARK-FLAT";
    private const string Currency = "EUR";
    private const int Users = 20;

    // Three months are live: as many as every PBX has that was active before them.
    private static readonly DateOnly ActiveFrom =
        LocalCalendar.FirstDay(LocalCalendar.Previous(LocalCalendar.Previous(new LocalCalendar("UTC").MonthOf(DateTimeOffset.UtcNow))));
    private const int CommitsInFlight = 256;

    public static async Task Prices(GrpcChannel channel, int seed)
    {
        var upload = new PriceListService.PriceListServiceClient(channel).ImportPriceList();
        await upload.RequestStream.WriteAsync(new ImportPriceListRequest
        {
            Header = new ImportPriceListHeader
            {
                PriceListType = ListType, CurrencyCode = Currency, TimeZone = "UTC", EffectiveTime = Timestamp.FromDateTime(DateTime.UnixEpoch),
            },
        });
        foreach (var chunk in SyntheticDeck.Csv(SyntheticDeck.Prefixes(DeckPrefixes, seed), seed).Chunk(256 * 1024))
            await upload.RequestStream.WriteAsync(new ImportPriceListRequest { Chunk = ByteString.CopyFrom(chunk) });
        await upload.RequestStream.CompleteAsync();
        var reply = await upload.ResponseAsync;
        if (reply.ErrorCount > 0) throw new InvalidOperationException(reply.Errors[0].ToString());
        await new PlanService.PlanServiceClient(channel).CreatePlanVersionAsync(new CreatePlanVersionRequest
        {
            Plan = new PlanVersion
            {
                PlanCode = Plan, EffectiveDate = "2015-01-01", Term = PlanTerm.Monthly, MinutesPerUser = 3000, Sharing = PlanSharing.Pooled,
                CurrencyCode = Currency, Bands = { new UserBand { MaxUsers = 1_000, MonthlyFeeNanos = 9_000_000_000 } },
            },
        });
    }

    public static async Task Pbxs(ILedgerStore store, int count)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, CommitsInFlight).Select(_ => Writer()));

        async Task Writer()
        {
            while (Interlocked.Increment(ref next) is var pbx && pbx < count)
            {
                var result = await store.CommitAsync(NewPbx(pbx), CancellationToken.None);
                if (result.Outcome != CommitOutcome.Committed) throw new InvalidOperationException($"{CallContent.PbxId(pbx)}: {result.Outcome}");
            }
        }
    }

    private static LedgerCommit NewPbx(int number)
    {
        var pbx = Domain.Pbx.Restore(CallContent.PbxId(number), new PbxSnapshot());
        pbx.Provision(new PbxSettings
        {
            Id = pbx.Id, Name = pbx.Id, Country = "IT", TimeZoneId = "Europe/Rome", Currency = Currency, PriceListType = ListType, PlanCode = Plan,
            ActiveFrom = ActiveFrom, Licences = new Domain.UserLicences(Users, 0, 0, 0),
        });
        for (var i = 0; i < CallContent.DidsPerPbx; i++)
            pbx.AddDid(new Domain.Did(E164Number.FromDigits(CallContent.Did(number, i)), Domain.DidKind.Hosted, false));
        var commit = new LedgerCommit { PbxId = pbx.Id, Next = new LedgerVersion(1, "provisioned", 0) };
        StoredPbx.Write(pbx, pbx.TakeChanges(), commit);
        return commit;
    }
}
