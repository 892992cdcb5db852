namespace Classound.Cli.Cdr;

/// <summary>Who wrote the file, which decides what its columns mean and how a call's direction is read.</summary>
public enum CdrDialect
{
    /// <summary>Asterisk or FreePBX rows with a header line, columns in any order (an export of the <c>cdr</c> table).</summary>
    Asterisk = 1,

    /// <summary>Asterisk's <c>Master.csv</c> of <c>cdr_csv</c>: no header, account code first, 16 to 18 columns.</summary>
    AsteriskMaster = 2,

    /// <summary>Asterisk's sample mapping of <c>cdr_custom</c>: no header, caller ID first, 18 or 19 columns.</summary>
    AsteriskCustom = 3,

    /// <summary>FreeSWITCH's <c>mod_cdr_csv</c> template, with or without a header.</summary>
    FreeSwitch = 4,

    /// <summary>Billing exports with a header, an account, a destination and times in seconds since 1970.</summary>
    Epoch = 5,
}
