using System.CommandLine;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;
using Grpc.Core;

namespace Classound.Cli.Commands;

/// <summary><c>classound price-list export</c></summary>
internal static class PriceListExportCommand
{
    public static CliCommand Create(CommandRunner runner)
    {
        var type = Declare.Argument("type", "For example END_USER");
        var version = Declare.Number("--version-number", "0 is the one in force now");
        var format = Declare.Word("--format", "Taken from the name of --out if left out, else csv", "", "csv", "xlsx", "pdf");
        var path = Declare.Text("--out", "Where to; TYPE-VERSION with the format's ending if left out", "file");
        var force = Declare.Flag("--force", "Overwrite the file if it exists");
        var command = new CliCommand("export", "Writes a whole version to a file: CSV and XLSX import back, PDF is for customers",
            "classound price-list export END_USER --format pdf --out list.pdf",
            "classound price-list export END_USER --version-number 3 --out end-user.xlsx --force") { type, version, format, path, force };
        runner.Let(command, async (parsed, session) =>
        {
            var (file, overwrite) = (parsed.GetValue(path)!, parsed.GetValue(force));
            if (file.Length > 0 && !overwrite) RefuseToOverwrite(file);
            var request = new ExportPriceListRequest
            {
                PriceListType = parsed.GetValue(type), Version = parsed.GetValue(version),
                FileFormat = FormatOf(parsed.GetValue(format)!, file),
            };
            var (header, written) = await ReceiveAsync(session, request, file, overwrite);
            session.Output.Show(header, () =>
            {
                PriceListView.Facts(session.Output, header.PriceList);
                session.Output.Line($"{Words.Of(header.SizeBytes)} bytes written to {written}");
            });
        });
        return command;
    }

    private static async Task<(ExportPriceListHeader Header, string File)> ReceiveAsync(
        Session session, ExportPriceListRequest request, string path, bool overwrite)
    {
        using var call = new PriceListService.PriceListServiceClient(session.Channel)
            .ExportPriceList(request, cancellationToken: session.Cancellation);
        var parts = call.ResponseStream;
        if (!await parts.MoveNext(session.Cancellation) || parts.Current.Header is not { } header)
            throw new IOException("The service sent no file; repeat the command.");
        var file = path.Length > 0 ? path : Path.GetFileName(header.FileName);
        if (!overwrite) RefuseToOverwrite(file);
        // Beside it first: what breaks off must not pass for a price list.
        var partial = file + ".part";
        try
        {
            await using (var content = new FileStream(partial, FileMode.Create))
            {
                while (await parts.MoveNext(session.Cancellation)) parts.Current.Chunk.WriteTo(content);
                if (content.Length != header.SizeBytes) throw new IOException("The service broke off the file; repeat the command.");
            }
            File.Move(partial, file, overwrite);
        }
        finally
        {
            File.Delete(partial);
        }
        return (header, file);
    }

    private static void RefuseToOverwrite(string file)
    {
        if (File.Exists(file)) throw new UsageException($"'{file}' exists; --force overwrites it.");
    }

    private static PriceListFileFormat FormatOf(string word, string file) =>
        (word.Length > 0 ? word : Path.GetExtension(file).TrimStart('.').ToLowerInvariant()) switch
        {
            "pdf" => PriceListFileFormat.Pdf,
            "xlsx" => PriceListFileFormat.Xlsx,
            "csv" or "" => PriceListFileFormat.Csv,
            _ => throw new UsageException($"--out '{file}': say --format csv, xlsx or pdf, or use such an ending."),
        };
}
