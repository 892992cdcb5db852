using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;

namespace Classound.Cluster.Tests.Edges;

/// <summary>How one call will go, drawn in advance from the seed.</summary>
internal enum CallShape
{
    /// <summary>Authorise, extend perhaps, end.</summary>
    Plain,

    /// <summary>The edge reports the answer.</summary>
    Answered,

    /// <summary>Ends unanswered.</summary>
    Unanswered,

    /// <summary>Every request goes to all silos at once.</summary>
    Copies,

    /// <summary>Late copies of AuthorizeCall, StartCall and ExtendCall follow the end.</summary>
    Stragglers,

    /// <summary>The end is never reported.</summary>
    Abandoned,

    /// <summary>The end is reported after the lease has run out.</summary>
    Late,

    /// <summary>Was never authorised: the end carries the details.</summary>
    Unauthorised,

    /// <summary>112.</summary>
    Emergency,
}

/// <param name="Ask">The AuthorizeCall.</param>
/// <param name="Shape">How it goes.</param>
/// <param name="Silo">Which silo its edge prefers.</param>
/// <param name="Extends">How often it asks for more.</param>
/// <param name="TalkMs">How long the edge waits before it ends the call.</param>
/// <param name="DurationMs">What the edge says that the call lasted.</param>
internal sealed record CallPlan(AuthorizeCallRequest Ask, CallShape Shape, int Silo, int Extends, int TalkMs, long DurationMs)
{
    private const int GrantSeconds = 5;

    public string CallId => Ask.CallId;

    public string PbxId => Ask.PbxId;

    /// <summary>The call with this number of one worker: the same for the same seed, whatever happened before.</summary>
    public static CallPlan Draw(Random random, IReadOnlyList<WorkPbx> pbxs, string callId, int silos)
    {
        var shape = Shapes[random.Next(Shapes.Length)];
        var pbx = pbxs[random.Next(pbxs.Count)];
        var inbound = random.Next(8) == 0;
        var number = random.Next(3) switch { 0 => "+390212345678", 1 => "+33123456789", _ => "+12125550123" };
        var ask = new AuthorizeCallRequest
        {
            PbxId = pbx.Id, CallId = callId, CanExtend = true, RequestedSeconds = random.Next(1, GrantSeconds + 1), EdgeId = "edge-" + callId[..1],
            Direction = inbound ? CallDirection.Inbound : CallDirection.Outbound,
            Caller = inbound ? number : pbx.Did, Called = inbound ? pbx.Did : number,
            UserId = pbx.PerUser ? pbx.UserIds[random.Next(pbx.Users)] : "", ReportsAnswer = shape == CallShape.Answered,
        };
        if (shape == CallShape.Emergency) (ask.Called, ask.Direction, ask.Caller) = ("112", CallDirection.Outbound, pbx.Did);
        var extends = shape is CallShape.Unauthorised or CallShape.Emergency or CallShape.Unanswered ? 0 : random.Next(3);
        // Most end within their grant; some went on above it.
        var granted = (extends + 1) * GrantSeconds * 1000;
        var duration = shape == CallShape.Unanswered ? 0 : random.Next(10) == 0 ? random.Next(granted, granted + 120_000) : random.Next(1, granted);
        return new CallPlan(ask, shape, random.Next(silos), extends, random.Next(0, 1_500), duration);
    }

    // By weight. Those that the sweep closes stay few: they hold their minutes for more than a minute.
    private static readonly CallShape[] Shapes =
    [
        .. Enumerable.Repeat(CallShape.Plain, 10), .. Enumerable.Repeat(CallShape.Answered, 4), CallShape.Unanswered, CallShape.Unanswered,
        .. Enumerable.Repeat(CallShape.Copies, 4), CallShape.Stragglers, CallShape.Stragglers, CallShape.Abandoned, CallShape.Late,
        CallShape.Unauthorised, CallShape.Emergency,
    ];
}
