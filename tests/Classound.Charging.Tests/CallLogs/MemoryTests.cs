using System.Collections;
using System.Reflection;
using Classound.Charging.Calls;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>What a PBX keeps in memory follows from its running calls and open months, never from the calls it has settled.</summary>
public sealed class MemoryTests
{
    [Fact]
    public void TenThousandSettledCalls_LeaveNothingBehind()
    {
        var log = CallLog.Play("pbx users 4 plan POOL");
        var now = new DateTimeOffset(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);
        now = Settle(log.Session, 0, 200, now);
        var before = Reachable(log.Session.Pbx);
        Settle(log.Session, 200, 10_000, now);
        Assert.Equal(10_200, log.Session.Settled.Count);
        Assert.Equal(before, Reachable(log.Session.Pbx));
    }

    // By their end, by the end of their lease, and by a correction after it; 200 calls run at once.
    private static DateTimeOffset Settle(PbxSession session, int first, int count, DateTimeOffset now)
    {
        for (var batch = first; batch < first + count; batch += 200, now = now.AddSeconds(121))
        {
            var ids = Enumerable.Range(batch, 200).Select(call => $"c{call}").ToList();
            foreach (var id in ids)
                session.Authorize(
                    new AuthorizeRequest
                    {
                        CallId = id, CallerText = SamplePrices.Own, Caller = SamplePrices.Number(SamplePrices.Own), CalledText = "+33155550101",
                        Called = SamplePrices.Number("+33155550101"), RequestedSeconds = 60,
                    }, now);
            foreach (var id in ids.Take(70)) session.End(new EndRequest { CallId = id, DurationMs = 1000 }, now.AddSeconds(119));
            session.Sweep(now.AddSeconds(120));
            foreach (var id in ids.TakeLast(70)) session.End(new EndRequest { CallId = id, DurationMs = 1000 }, now.AddSeconds(121));
            session.Pbx.TakeChanges();
        }
        return now;
    }

    /// <summary>Objects that can be reached, and the places that their arrays have.</summary>
    private static (int Objects, long Places) Reachable(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object>([root]);
        var places = 0L;
        while (waiting.TryPop(out var next))
        {
            if (next is string or Type or Delegate or Pointer || next.GetType().IsPrimitive || next.GetType().IsEnum) continue;
            if (!next.GetType().IsValueType && !seen.Add(next)) continue;
            if (next is Array array)
            {
                places += array.Length;
                foreach (var item in (IEnumerable)array)
                    if (item is not null) waiting.Push(item);
                continue;
            }
            for (var type = next.GetType(); type is not null; type = type.BaseType)
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    if (!field.FieldType.IsPrimitive && field.GetValue(next) is { } value) waiting.Push(value);
        }
        return (seen.Count, places);
    }
}
