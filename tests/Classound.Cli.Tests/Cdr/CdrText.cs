using System.Text;
using Classound.Cli.Cdr;
using Classound.Cli.Numbering;

namespace Classound.Cli.Tests.Cdr;

/// <summary>Reads CDR text in tests: in UTC, with the numbering of the United States, unless said otherwise.</summary>
internal static class CdrText
{
    public static readonly NumberNormaliser UnitedStates = new("US");

    public static readonly CdrReadOptions Detect = new(null, null, TimeZoneInfo.Utc, []);

    public static CdrFile Read(string text, CdrReadOptions? options = null) =>
        CdrFile.Read(Encoding.UTF8.GetBytes(text), options ?? Detect, UnitedStates.IsPublicNumber);

    public static CdrFile ReadData(string name, CdrReadOptions? options = null) =>
        CdrFile.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", name)), options ?? Detect,
            UnitedStates.IsPublicNumber);

    public static CdrCall AtLine(this CdrFile file, int line) => file.Calls.Single(call => call.Line == line);
}
