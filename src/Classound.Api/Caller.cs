using Grpc.Core;

namespace Classound.Api;

/// <summary>Who is asking, and what they may do. Every handler has one from its first line.</summary>
/// <param name="Identity">For logs and audit.</param>
/// <param name="Scope">What the caller may do.</param>
public sealed record Caller(string Identity, CallerScope Scope)
{
    private static readonly Caller Operator = new("operator", CallerScope.All);

    /// <summary>
    /// The one place where authentication goes: nobody proves who they are yet, so whoever reaches the port is the
    /// operator, and the port must not be reachable by others.
    /// </summary>
    public static Caller Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Operator;
    }

    /// <exception cref="RpcException">PERMISSION_DENIED: the scope lacks one of <paramref name="needed"/>.</exception>
    public void Demand(CallerScope needed)
    {
        if ((Scope & needed) != needed)
            throw new RpcException(new Status(StatusCode.PermissionDenied, $"{Identity} lacks the scope {needed & ~Scope}."));
    }
}
