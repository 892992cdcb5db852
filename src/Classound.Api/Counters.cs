using System.Diagnostics.Metrics;

namespace Classound.Api;

internal static class Counters
{
    /// <summary>Lets a series be there before the first of what it counts: an alert sees a rise, and not a thing that appears.</summary>
    public static Counter<long> FromZero(this Counter<long> counter, string tag, string value)
    {
        counter.Add(0, new KeyValuePair<string, object?>(tag, value));
        return counter;
    }
}
