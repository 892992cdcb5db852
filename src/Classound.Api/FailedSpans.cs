using System.Diagnostics;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Classound.Api;

/// <summary>Says on spans of requests that they were not answered. Without a trace it costs nothing; nothing throws.</summary>
internal static class FailedSpans
{
    /// <summary>Of the work that is under way. For an exception filter: always false, so that it is thrown on.</summary>
    public static bool Mark(Exception e)
    {
        Mark(Activity.Current, e);
        return false;
    }

    /// <summary>Of the request itself, as its server saw it. For an exception filter: always false.</summary>
    public static bool Mark(ServerCallContext context, Exception e)
    {
        Mark(context.GetHttpContext().Features.Get<IHttpActivityFeature>()?.Activity, e);
        return false;
    }

    // What the caller has to mend is no failure of ours: OpenTelemetry's conventions for spans of gRPC servers.
    private static bool IsOurs(StatusCode code) => code is StatusCode.Unknown or StatusCode.DeadlineExceeded or StatusCode.Unimplemented
        or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss;

    private static void Mark(Activity? span, Exception e)
    {
        if (span is null || (e is RpcException refused && !IsOurs(refused.StatusCode))) return;
        span.SetStatus(ActivityStatusCode.Error, e is RpcException known ? known.Status.Detail : e.GetType().Name);
    }
}
