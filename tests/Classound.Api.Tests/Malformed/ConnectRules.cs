using Classound.Contracts.Calls.V1;
using Google.Protobuf;

namespace Classound.Api.Tests.Malformed;

/// <summary>A stream's requests are refused as their unary RPCs refuse them, field by field; hello is its own.</summary>
internal sealed class ConnectRules : RequestRules
{
    private static readonly (string Rpc, string Field)[] Kinds =
        [("AuthorizeCall", "authorize"), ("StartCall", "start"), ("ExtendCall", "extend"), ("EndCall", "end")];

    public ConnectRules(IEnumerable<RequestRules> unary)
        : base("Connect")
    {
        Add("hello", "hello", [new ConnectRequest()]);
        Add("hello", "hello", [.. Sound, .. Sound]);
        Add("hello.edge_id", "hello.edge_id", [new ConnectRequest { Hello = new EdgeHello() }]);
        Add("hello.edge_id", "hello.edge_id", [new ConnectRequest { Hello = new EdgeHello { EdgeId = Values.Text(65) } }]);
        Add("requests", "request", [Message(new EdgeRequest())]);
        Add("requests.correlation_id", null, [Message(new EdgeRequest { CorrelationId = ulong.MaxValue, Extend = new() { Emergency = true } })]);
        foreach (var (rpc, field) in Kinds)
        {
            var rules = unary.Single(each => each.Rpc == rpc);
            Add("requests." + field, null, [Message(Request(field, rules.Sound.Single()))]);
            foreach (var each in rules.Cases)
                Add($"requests.{field}.{each.Path}", each.ExpectedField, [Message(Request(field, each.Requests.Single()))]);
        }
    }

    public override IReadOnlyList<IMessage> Sound => [Message()];

    private static ConnectRequest Message(params EdgeRequest[] requests) => new() { Hello = new EdgeHello { EdgeId = "edge-1" }, Requests = { requests } };

    private static EdgeRequest Request(string field, IMessage content)
    {
        var request = new EdgeRequest { CorrelationId = 1 };
        EdgeRequest.Descriptor.FindFieldByName(field).Accessor.SetValue(request, content);
        return request;
    }
}
