using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Storage.Mapping;

/// <summary>Names of the fields of a PBX's ledger hash: one per thing that changes by itself, so that a commit is O(change).</summary>
internal static class LedgerFields
{
    public const string Header = "h";
    public const string Settings = "s";
    public const string Seats = "u";
    public const char DidPrefix = 'd';
    public const char CallPrefix = 'c';
    public const char AllowancePrefix = 'a';
    public const char SeatUsePrefix = 'k';
    public const char TotalsPrefix = 't';
    public const char DayPrefix = 'y';

    /// <summary>Only in the section of a billing month, also while that is open: what is there is never loaded at activation.</summary>
    public const char UnconfirmedPrefix = 'x';

    public static string Did(E164Number number) => string.Create(CultureInfo.InvariantCulture, $"d:{number.Digits}");

    public static string Call(string callId) => "c:" + callId;

    public static string Unconfirmed(string callId) => "x:" + callId;

    public static string Allowance(int month) => string.Create(CultureInfo.InvariantCulture, $"a:{month}");

    public static string SeatUse(int month, int seat) => string.Create(CultureInfo.InvariantCulture, $"k:{month}:{seat}");

    public static string Totals(int month, TotalsKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"t:{month}:{(int)key.Direction}:{(int)key.Area}");

    public static string Day(int month, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"y:{month}:{day.DayNumber}");

    /// <summary>The text after the prefix letter and its colon.</summary>
    public static string Rest(string field) => field[2..];

    /// <summary>The numbers of a field such as <c>t:202611:1:6</c>.</summary>
    public static int[] Numbers(string field) =>
        Array.ConvertAll(Rest(field).Split(':'), part => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture));

    public static TotalsKey TotalsKeyOf(int[] numbers) => new((CallDirection)numbers[1], (CallArea)numbers[2]);
}
