using Classound.Api.Validation;
using Classound.Contracts.Calls.V1;
using Grpc.Core;

namespace Classound.Api.Calls.Edges;

/// <summary>What is wrong with a message of an edge's stream itself. Its requests are checked one by one, as the unary ones are.</summary>
internal static class ConnectRequests
{
    /// <exception cref="RpcException">INVALID_ARGUMENT: the stream ends.</exception>
    public static void Check(ConnectRequest message, bool first)
    {
        var violations = new FieldViolations();
        if (!first)
        {
            if (message.Hello is not null) violations.Add("hello", "is there again; expected in the first message of a stream only.");
        }
        else if (message.Hello is not { } hello) violations.Add("hello", "is missing; expected in the first message of a stream.");
        else TextFields.Required(ref violations, "hello.edge_id", hello.EdgeId, CallRequests.MaxEdgeIdBytes);
        violations.ThrowIfAny();
    }

    /// <summary>INVALID_ARGUMENT, the answer to a request without content.</summary>
    public static RpcException NoRequest()
    {
        var violations = new FieldViolations();
        violations.Add("request", "is missing, or newer than this release; expected one of authorize, start, extend, end.");
        return violations.ToException();
    }
}
