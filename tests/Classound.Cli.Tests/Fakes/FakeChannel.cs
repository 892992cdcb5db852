using Google.Protobuf;
using Grpc.Core;

namespace Classound.Cli.Tests.Fakes;

/// <summary>A channel whose service is a function of method name and request, in this process.</summary>
internal sealed class FakeChannel : ChannelBase
{
    private readonly Func<string, IReadOnlyList<IMessage>, IMessage> _answer;
    private readonly Func<IMessage, IReadOnlyList<IMessage>> _stream;

    /// <param name="answer">The reply to a method's request, or to all messages of its stream.</param>
    /// <param name="stream">The replies to a request that gets several.</param>
    public FakeChannel(
        Func<string, IReadOnlyList<IMessage>, IMessage> answer, Func<IMessage, IReadOnlyList<IMessage>>? stream = null)
        : base("fake")
    {
        _answer = answer;
        _stream = stream ?? (static _ => throw new NotSupportedException());
    }

    public override CallInvoker CreateCallInvoker() => new Invoker(_answer, _stream);

    private sealed class Invoker(
        Func<string, IReadOnlyList<IMessage>, IMessage> answer, Func<IMessage, IReadOnlyList<IMessage>> stream) : CallInvoker
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            new(Answer<TResponse>(method.Name, [(IMessage)(object)request!]), Task.FromResult(new Metadata()),
                static () => Status.DefaultSuccess, static () => [], static () => { });

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options)
        {
            var writer = new StreamWriter<TRequest>();
            return new(writer, ReplyTo(writer, method.Name), Task.FromResult(new Metadata()), static () => Status.DefaultSuccess,
                static () => [], static () => { });

            async Task<TResponse> ReplyTo(StreamWriter<TRequest> stream, string name) =>
                await Answer<TResponse>(name, await stream.Completed);
        }

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            new(new StreamReader<TResponse>(stream((IMessage)(object)request!)), Task.FromResult(new Metadata()),
                static () => Status.DefaultSuccess, static () => [], static () => { });

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

        private async Task<TResponse> Answer<TResponse>(string method, IReadOnlyList<IMessage> requests)
        {
            await Task.Yield();
            return (TResponse)(object)answer(method, requests);
        }
    }

    private sealed class StreamReader<TResponse>(IEnumerable<IMessage> replies) : IAsyncStreamReader<TResponse>
    {
        private readonly IEnumerator<IMessage> _replies = replies.GetEnumerator();

        public TResponse Current => (TResponse)(object)_replies.Current;

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(_replies.MoveNext());
    }

    private sealed class StreamWriter<TRequest> : IClientStreamWriter<TRequest>
    {
        private readonly TaskCompletionSource<IReadOnlyList<IMessage>> _completed = new();
        private readonly List<TRequest> _messages = [];

        public Task<IReadOnlyList<IMessage>> Completed => _completed.Task;

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(TRequest message)
        {
            _messages.Add(message);
            return Task.CompletedTask;
        }

        public Task WriteAsync(TRequest message, CancellationToken cancellationToken) => WriteAsync(message);

        public Task CompleteAsync()
        {
            _completed.SetResult(_messages.Cast<IMessage>().ToList());
            return Task.CompletedTask;
        }
    }
}
