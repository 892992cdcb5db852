using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Classound.Api.Tests.Malformed;

/// <summary>One request that differs in one field from a sound one.</summary>
/// <param name="Rpc">Name of the RPC.</param>
/// <param name="Path">Field, by its proto path without indexes.</param>
/// <param name="ExpectedField">What the error must name; null = the request must not be refused as malformed.</param>
public sealed record RequestCase(string Rpc, string Path, int Number, string? ExpectedField, IReadOnlyList<IMessage> Requests)
{
    public override string ToString() => $"{Rpc} {Path} #{Number}";
}

/// <summary>
/// What is decided about every field of one RPC's request: its malformed values, or that any value is sound. A field
/// that is not listed fails a test, so that a new field cannot come without a decision.
/// </summary>
internal abstract class RequestRules(string rpc)
{
    private readonly List<RequestCase> _cases = [];

    public string Rpc { get; } = rpc;

    public IReadOnlyList<RequestCase> Cases => _cases;

    public abstract IReadOnlyList<IMessage> Sound { get; }

    /// <summary>Fields of the request and of the messages in it, well-known types apart.</summary>
    public IEnumerable<string> FieldPaths => PathsOf(RpcInvoker.Methods.Single(method => method.Name == Rpc).InputType, "");

    protected void Add(string path, string? expectedField, IReadOnlyList<IMessage> requests) =>
        _cases.Add(new RequestCase(Rpc, path, _cases.Count(known => known.Path == path) + 1, expectedField, requests));

    private static IEnumerable<string> PathsOf(MessageDescriptor type, string within)
    {
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            yield return within + field.Name;
            if (field.FieldType != FieldType.Message || field.MessageType.File.Package == "google.protobuf") continue;
            foreach (var inner in PathsOf(field.MessageType, within + field.Name + ".")) yield return inner;
        }
    }
}

/// <summary>Rules of a unary RPC.</summary>
internal sealed class RequestRules<TRequest>(string rpc, Func<TRequest> sound) : RequestRules(rpc)
    where TRequest : IMessage
{
    public override IReadOnlyList<IMessage> Sound => [sound()];

    /// <summary>Values that must be refused with this field named.</summary>
    public RequestRules<TRequest> Malformed(string field, params Action<TRequest>[] spoil) => MalformedAs(field, field, spoil);

    /// <summary>The same where the error names an element, such as "bands[1].max_users".</summary>
    public RequestRules<TRequest> MalformedAs(string path, string expectedField, params Action<TRequest>[] spoil)
    {
        foreach (var action in spoil) Add(path, expectedField, [With(action)]);
        return this;
    }

    /// <summary>Any value is sound: these odd ones prove it.</summary>
    public RequestRules<TRequest> AnyValue(string field, params Action<TRequest>[] odd)
    {
        foreach (var action in odd) Add(field, null, [With(action)]);
        return this;
    }

    private TRequest With(Action<TRequest> change)
    {
        var request = sound();
        change(request);
        return request;
    }
}

/// <summary>Rules of a client-streaming RPC.</summary>
internal sealed class StreamRules<TRequest>(string rpc, Func<TRequest[]> sound) : RequestRules(rpc)
    where TRequest : IMessage
{
    public override IReadOnlyList<IMessage> Sound => [.. sound().Cast<IMessage>()];

    public StreamRules<TRequest> Malformed(string field, params Func<TRequest[], TRequest[]>[] spoil) => MalformedAs(field, field, spoil);

    public StreamRules<TRequest> MalformedAs(string path, string expectedField, params Func<TRequest[], TRequest[]>[] spoil)
    {
        foreach (var change in spoil) Add(path, expectedField, [.. change(sound()).Cast<IMessage>()]);
        return this;
    }

    public StreamRules<TRequest> AnyValue(string field, params Func<TRequest[], TRequest[]>[] odd)
    {
        foreach (var change in odd) Add(field, null, [.. change(sound()).Cast<IMessage>()]);
        return this;
    }
}
