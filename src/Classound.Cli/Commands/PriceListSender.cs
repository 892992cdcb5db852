using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;
using Spectre.Console;

namespace Classound.Cli.Commands;

/// <summary>Sends a price-list file; on a terminal with a bar on standard error, so that standard output stays the reply.</summary>
internal static class PriceListSender
{
    private const int ChunkBytes = 1 << 20;

    public static async Task<ImportPriceListResponse> SendAsync(Session session, ImportPriceListHeader header, FileInfo file)
    {
        var console = CliOutput.ConsoleOn(session.Output.Errors);
        if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Interactive)
            return await SendAsync(session, header, file, static _ => { });
        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var upload = context.AddTask($"sending {Markup.Escape(file.Name)}", maxValue: Math.Max(1, file.Length));
                var checking = context.AddTask("the service reads and checks it", autoStart: false);
                return await SendAsync(session, header, file, sent =>
                {
                    upload.Value = sent;
                    if (!upload.IsFinished || checking.IsStarted) return;
                    checking.IsIndeterminate = true;
                    checking.StartTask();
                });
            });
    }

    /// <param name="session">Where to.</param>
    /// <param name="header">Goes first.</param>
    /// <param name="file">Goes in chunks.</param>
    /// <param name="progress">Is told how many bytes went out.</param>
    private static async Task<ImportPriceListResponse> SendAsync(
        Session session, ImportPriceListHeader header, FileInfo file, Action<long> progress)
    {
        using var call = new PriceListService.PriceListServiceClient(session.Channel)
            .ImportPriceList(cancellationToken: session.Cancellation);
        await using var content = file.OpenRead();
        try
        {
            await call.RequestStream.WriteAsync(new ImportPriceListRequest { Header = header }, session.Cancellation);
            var buffer = new byte[ChunkBytes];
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, session.Cancellation)) > 0)
            {
                var chunk = new ImportPriceListRequest { Chunk = ByteString.CopyFrom(buffer, 0, read) };
                await call.RequestStream.WriteAsync(chunk, session.Cancellation);
                progress(content.Position);
            }
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is Grpc.Core.RpcException or InvalidOperationException && !session.Cancellation.IsCancellationRequested)
        {
            // A service that refuses early stops reading; why, stands in its answer, which throws it below.
        }
        return await call.ResponseAsync;
    }
}
