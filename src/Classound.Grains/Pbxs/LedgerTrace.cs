using System.Diagnostics;

namespace Classound.Grains.Pbxs;

/// <summary>
/// The span of a commit that several requests wait for: it belongs to the first that is traced, and the others are linked to it.
/// Without a traced request nothing is made.
/// </summary>
internal static class LedgerTrace
{
    private const int MostLinks = 32;

    private static readonly ActivitySource Source = new("Classound.Grains");

    /// <summary>The current request, if it is traced, waits for the next commit too.</summary>
    public static List<ActivityContext>? Join(List<ActivityContext>? waiting)
    {
        if (Activity.Current is not { Recorded: true } request) return waiting;
        waiting ??= [];
        if (waiting.Count <= MostLinks) waiting.Add(request.Context);
        return waiting;
    }

    /// <summary>Begins the commit of those who wait, and leaves none waiting.</summary>
    public static Activity? Start(ref List<ActivityContext>? waiting)
    {
        // The writer runs on in the flow of whoever happened to start it: that request is not what the next commit is for.
        Activity.Current = null;
        if (waiting is not { } requests) return null;
        waiting = null;
        return Source.StartActivity(
            "ledger commit", ActivityKind.Internal, requests[0], links: requests.Skip(1).Select(request => new ActivityLink(request)));
    }
}
