using System.Globalization;
using Classound.Charging.Calls;
using Grpc.Core;
using Wire = Classound.Contracts.Reports.V1;

namespace Classound.Api.Reports;

/// <summary>Counts calls in groups. What it keeps grows with the groups, never with the calls.</summary>
public sealed class CallCounts
{
    /// <summary>Some 2 MB of them; no dimension of a PBX has so many but by mistake.</summary>
    public const int MaxGroups = 10_000;

    private readonly Wire.CallDimension _dimension;
    private readonly Func<RatedCall, GroupKey>? _keyOf;
    private readonly Dictionary<GroupKey, CallCount> _groups = [];
    private CallCount _ungrouped;

    /// <param name="dimension">Unspecified = no groups.</param>
    /// <param name="zone">The PBX's.</param>
    public CallCounts(Wire.CallDimension dimension, TimeZoneInfo zone)
    {
        _dimension = dimension;
        _keyOf = dimension == Wire.CallDimension.Unspecified ? null : GroupKey.By(dimension, zone);
    }

    /// <exception cref="RpcException">FAILED_PRECONDITION TOO_MANY_GROUPS.</exception>
    public void Add(RatedCall call)
    {
        if (_keyOf is null)
        {
            _ungrouped = _ungrouped.With(call);
            return;
        }
        var key = _keyOf(call);
        if (!_groups.TryGetValue(key, out var count) && _groups.Count == MaxGroups) throw TooMany();
        _groups[key] = count.With(call);
    }

    public void WriteTo(Wire.GetCallStatisticsResponse reply)
    {
        var total = _ungrouped;
        foreach (var (key, count) in _groups.OrderBy(group => group.Key.Text, StringComparer.Ordinal).ThenBy(group => group.Key.Number))
        {
            reply.Groups.Add(count.ToWire(key.Show(_dimension)));
            total += count;
        }
        reply.Total = total.ToWire("");
    }

    private RpcException TooMany() => Refusals.FailedPrecondition("TOO_MANY_GROUPS", string.Create(CultureInfo.InvariantCulture,
        $"group_by {_dimension} makes more than {MaxGroups} groups here; expected fewer: ask for fewer months, or with a filter."), "group_by");
}
