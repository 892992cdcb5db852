using Classound.Api.Validation;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Api.Tests.Malformed;

/// <summary>Values that several tables use.</summary>
internal static class Values
{
    public static Timestamp Now => new() { Seconds = 1_790_000_000 };

    /// <summary>The wire carries it, no calendar does.</summary>
    public static Timestamp NoTime => new() { Seconds = long.MaxValue };

    public static Timestamp Tomorrow => DateTimeOffset.UtcNow.AddDays(1).ToTimestamp();

    public static string Text(int length) => new('x', length);

    public static string TokenOf(string list) => PageToken.Create(list, "1");
}
