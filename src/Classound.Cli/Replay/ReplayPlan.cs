using Classound.Cli.Cdr;
using Classound.Cli.Numbering;

namespace Classound.Cli.Replay;

/// <summary>
/// What a replay will do, decided before any call is sent: the outgoing rows in time order with their numbers
/// normalised, and the counts of the rows that are not sent.
/// </summary>
public sealed class ReplayPlan
{
    private ReplayPlan(IReadOnlyList<PlannedCall> calls, IReadOnlyList<string> ownNumbers, IReadOnlyList<string> users)
    {
        Calls = calls;
        OwnNumbers = ownNumbers;
        Users = users;
    }

    /// <summary>
    /// In order of their start, then of their line: the shared allowance is used in the order in which the calls were
    /// made, and a second replay makes the same splits.
    /// </summary>
    public IReadOnlyList<PlannedCall> Calls { get; }

    /// <summary>
    /// The E.164 callers that --provision registers. A number that stands only on forwarded calls is left out: it is as a
    /// rule the outside caller's, and registering it would claim a stranger's number (R8, R9).
    /// </summary>
    public IReadOnlyList<string> OwnNumbers { get; }

    /// <summary>Extensions that placed outgoing calls.</summary>
    public IReadOnlyList<string> Users { get; }

    /// <summary>Rows that no edge asks for, inbound and internal ones.</summary>
    public IReadOnlyList<CdrCall> NotSent { get; private init; } = [];

    public int Inbound => NotSent.Count(static call => call.Direction == CdrDirection.Inbound);

    public int Internal => NotSent.Count(static call => call.Direction == CdrDirection.Internal);

    public IReadOnlyList<CdrRefusal> Refused { get; private init; } = [];

    /// <param name="file">The rows.</param>
    /// <param name="numbers">The numbering of the PBX's country.</param>
    /// <param name="mainNumber">E.164; presented for rows whose own caller is not E.164. Null: such a row is sent as it is.</param>
    public static ReplayPlan Of(CdrFile file, NumberNormaliser numbers, string? mainNumber)
    {
        var calls = file.Calls.Where(static call => call.Direction == CdrDirection.Outbound)
            .OrderBy(static call => call.StartTime).ThenBy(static call => call.Line)
            .Select(call => Plan(call, file.CallIdOf(call), numbers, mainNumber)).ToList();
        var own = calls.Where(static call => call is { IsEmergency: false, UsesMainNumber: false, Row.PlacedLocally: true }
            && call.Caller.StartsWith('+'))
            .Select(static call => call.Caller).Concat(mainNumber is null ? [] : [mainNumber]);
        var users = calls.Select(static call => call.Row.User).Where(static user => user.Length > 0);
        return new ReplayPlan(calls, [.. own.Distinct().Order(StringComparer.Ordinal)], [.. users.Distinct().Order(StringComparer.Ordinal)])
        {
            NotSent = [.. file.Calls.Where(static call => call.Direction != CdrDirection.Outbound)],
            Refused = file.Refusals,
        };
    }

    private static PlannedCall Plan(CdrCall row, string callId, NumberNormaliser numbers, string? mainNumber)
    {
        var emergency = row.Dialled.FirstOrDefault(numbers.IsEmergency);
        var called = emergency ?? row.Dialled.Select(numbers.ToE164).FirstOrDefault(static number => number is not null) ?? row.Dialled[0];
        var caller = numbers.ToE164(row.Caller);
        var usesMain = caller is null && mainNumber is not null;
        return new PlannedCall(row, callId, caller ?? mainNumber ?? row.Caller, called, emergency is not null, usesMain);
    }
}
