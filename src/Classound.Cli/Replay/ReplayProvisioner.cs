using System.Globalization;
using Classound.Cli.Connection;
using Classound.Contracts.Provisioning.V1;
using Grpc.Core;

namespace Classound.Cli.Replay;

/// <summary>Creates the PBX of a replay and registers the numbers its outgoing calls presented.</summary>
public sealed class ReplayProvisioner
{
    private readonly ChannelBase _channel;
    private readonly CallOptions _options;
    private readonly TextWriter _writer;

    public ReplayProvisioner(ChannelBase channel, CallOptions options, TextWriter writer)
    {
        _channel = channel;
        _options = options;
        _writer = writer;
    }

    /// <summary>The PBX, or null when it does not exist.</summary>
    public async Task<Pbx?> FindAsync(string pbxId)
    {
        try
        {
            return (await new PbxService.PbxServiceClient(_channel).GetPbxAsync(new GetPbxRequest { PbxId = pbxId }, _options)).Pbx;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Active from the first day of the month of the earliest call, so that its whole allowance is there.</summary>
    public async Task CreateAsync(
        ReplayOptions options, ReplayProvisioning provisioning, ReplayPlan plan, string country, TimeZoneInfo zone)
    {
        if (plan.Calls.Count == 0)
            throw new ReplayRefusedException(
                "The file has no outgoing call, so there is no month from which a PBX could be active; nothing was created.");
        var earliest = plan.Calls[0].Row.StartTime;
        var firstDay = TimeZoneInfo.ConvertTime(earliest, zone).ToString("yyyy-MM-01", CultureInfo.InvariantCulture);
        var currency = await CheckPriceList(provisioning.PriceListType, earliest);
        var perUser = await CheckPlan(provisioning.PlanCode, firstDay);
        var pbx = new Pbx
        {
            PbxId = options.PbxId, Name = options.PbxId, Country = country, TimeZone = zone.Id, CurrencyCode = currency,
            PriceListType = provisioning.PriceListType, PlanCode = provisioning.PlanCode, ActiveFromDate = firstDay,
            Licences = new UserLicences { Basic = Math.Max(1, provisioning.Users ?? plan.Users.Count) },
        };
        var client = new PbxService.PbxServiceClient(_channel);
        await client.CreatePbxAsync(new CreatePbxRequest { Pbx = pbx }, _options);
        _writer.WriteLine($"created PBX {pbx.PbxId}: {country}, {zone.Id}, {currency}, plan {pbx.PlanCode}, "
            + $"active from {firstDay}, {pbx.Licences.Basic} users");
        if (perUser)
            await client.SetUsersAsync(
                new SetUsersRequest { PbxId = pbx.PbxId, UserIds = { plan.Users.Take(pbx.Licences.Basic) } }, _options);
    }

    /// <summary>
    /// As EXTERNAL numbers, verified: an old CDR shows that the PBX used the number, not that we host it. A number that
    /// another PBX owns is left to it, and the calls that present it are denied.
    /// </summary>
    public async Task RegisterAsync(string pbxId, IReadOnlyList<string> numbers)
    {
        var client = new DidService.DidServiceClient(_channel);
        var owned = (await AllPages.ListDidsAsync(_channel, pbxId, _options)).Dids
            .Where(static did => did.State == DidState.Owned).Select(static did => did.Number).ToHashSet();
        foreach (var number in numbers.Where(number => !owned.Contains(number)))
        {
            try
            {
                await client.AddDidAsync(new AddDidRequest { PbxId = pbxId, Number = number, Kind = DidKind.External }, _options);
                await client.VerifyDidAsync(new VerifyDidRequest { PbxId = pbxId, Number = number }, _options);
                _writer.WriteLine($"registered {number} as the PBX's own, kept at another operator");
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.AlreadyExists)
            {
                _writer.WriteLine($"{number} was not registered: {error.Status.Detail}");
            }
        }
    }

    private async Task<string> CheckPriceList(string type, DateTimeOffset earliest)
    {
        var versions = (await AllPages.ListPriceListsAsync(_channel, type, _options)).PriceLists;
        if (versions.Count == 0)
            throw new ReplayRefusedException(
                $"There is no price list of type {type}; import one first: classound price-list import --help");
        if (versions.Any(version => version.EffectiveTime is { } effective && effective.ToDateTimeOffset() <= earliest))
            return versions[^1].CurrencyCode;
        // A day before the month, so that it is the past in every time zone.
        var time = earliest.UtcDateTime.AddDays(-earliest.UtcDateTime.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        // A version in force already cannot be activated again for an earlier time; the same CSV imported again can.
        throw new ReplayRefusedException(string.Create(CultureInfo.InvariantCulture,
            $"No version of price list {type} is in force at the first call, {earliest.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; "
            + $"nothing was created. Import one for that time: classound price-list import FILE --type {type} "
            + $"--currency {versions[^1].CurrencyCode} --time-zone {versions[^1].TimeZone} --effective {time}"));
    }

    private async Task<bool> CheckPlan(string code, string firstDay)
    {
        var versions = (await AllPages.ListPlansAsync(_channel, code, _options)).Plans;
        if (versions.Count == 0)
            throw new ReplayRefusedException($"There is no plan {code}; create it first: classound plan create --help");
        if (!versions.Any(version => string.CompareOrdinal(version.EffectiveDate, firstDay) <= 0))
            throw new ReplayRefusedException(
                $"No version of plan {code} is in force on {firstDay}, the month of the first call; nothing was created. "
                + $"Create one for that time: classound plan create {code} --effective {firstDay} (other options: --help)");
        return versions[^1].Sharing == PlanSharing.PerUser;
    }
}
