using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Classound.EndToEnd.Tests;
using Classound.Storage.Tests.Redis;

namespace Classound.Deploy.Tests.Alerts;

/// <summary>A Prometheus as a process that scrapes one silo every second, by the rules of the deployment.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly HttpClient _client;
    private readonly Process _process;

    private Prometheus(Process process, HttpClient client, TemporaryFolder folder) => (_process, _client, _folder) = (process, client, folder);

    public static async Task<Prometheus> Start(Uri target, string rules)
    {
        var program = Tool.Require("prometheus");
        var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "rules.yaml"), rules);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "prometheus.yml"), $"""
            global: {"{"} scrape_interval: 1s, evaluation_interval: 1s {"}"}
            rule_files: [rules.yaml]
            scrape_configs:
              - job_name: classound-silo
                static_configs: [{"{"} targets: ['{target.Authority}'] {"}"}]
            """);
        var address = new Uri($"http://127.0.0.1:{Ports.Free().ToString(CultureInfo.InvariantCulture)}");
        var start = new ProcessStartInfo(program,
        [
            $"--config.file={folder.Path}/prometheus.yml", $"--storage.tsdb.path={folder.Path}/data", $"--web.listen-address={address.Authority}",
        ])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new Prometheus(process, new HttpClient { BaseAddress = address }, folder);
    }

    /// <summary>Waits until a query has a result. Prometheus has no event to wait for.</summary>
    public async Task<JsonElement> Until(string query, TimeSpan limit)
    {
        using var tooLong = new CancellationTokenSource(limit);
        while (true)
        {
            try
            {
                var reply = await _client.GetStringAsync(new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative), tooLong.Token);
                var result = JsonDocument.Parse(reply).RootElement.GetProperty("data").GetProperty("result");
                if (result.GetArrayLength() > 0) return result[0];
            }
            catch (HttpRequestException)
            {
                // It is not up yet.
            }
            await Task.Delay(250, tooLong.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }
}
