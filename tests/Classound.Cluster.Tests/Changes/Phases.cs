using System.Globalization;
using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Faults;
using Classound.Cluster.Tests.Parts;
using Classound.Contracts.Calls.V1;

namespace Classound.Cluster.Tests.Changes;

/// <summary>What edges waited for and did without, stretch by stretch of a run; a request counts where it was first sent.</summary>
internal sealed class Phases(Journal journal, Books books)
{
    private readonly List<(string Name, DateTime From)> _begun = [];

    public void Begin(string name)
    {
        _begun.Add((name, DateTime.UtcNow));
        journal.Write("phase: " + name);
    }

    /// <summary>Requests that were refused or unanswered after one repeat.</summary>
    public IReadOnlyList<SentRequest> Missed => [.. books.Requests.Where(IsMissed)];

    public void Print()
    {
        journal.Report("                                                    authorise, ms                        all requests");
        journal.Report("phase                             by           s number   p50   p99 longest   number longest  repeated  missed");
        foreach (var (index, (name, from)) in _begun.Index())
        {
            var to = index + 1 < _begun.Count ? _begun[index + 1].From : DateTime.UtcNow;
            var sent = books.Requests.Where(request => request.SentAt >= from && request.SentAt < to).ToList();
            foreach (var kind in sent.GroupBy(request => request.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
                journal.Report(Row(name, kind.Key, (to - from).TotalSeconds, [.. kind]));
        }
        journal.Report("repeated: answered after one repeat; missed: refused or unanswered after one. Times include the repeat and its pause.");
        foreach (var request in Missed.OrderBy(request => request.SentAt)) journal.Report($"  missed: {request}");
    }

    private static string Row(string name, string kind, double seconds, List<SentRequest> sent)
    {
        var authorise = Times(sent.Where(request => request.Reply == nameof(AuthorizeCallResponse)));
        var all = Times(sent);
        return string.Create(CultureInfo.InvariantCulture,
            $"{name,-33} {kind,-8} {seconds,5:0} {authorise.Length,6} {At(authorise, 50),5:0.0} {At(authorise, 99),5:0.0} {Last(authorise),7:0} {all.Length,8} {Last(all),7:0} {sent.Count(request => request.Retries == 1 && request.Answered),9} {sent.Count(IsMissed),7}");
    }

    private static bool IsMissed(SentRequest request) => request.Retries > 1 || !request.Answered;

    private static double[] Times(IEnumerable<SentRequest> requests) => [.. requests.Select(request => request.Took.TotalMilliseconds).Order()];

    private static double At(double[] sorted, int percent) => sorted.Length == 0 ? 0 : Recoveries.At(sorted, percent);

    private static double Last(double[] sorted) => sorted.LastOrDefault();
}
