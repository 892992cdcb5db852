using Microsoft.Extensions.Logging;

namespace Classound.Grains.Catalogues;

/// <summary>Log events of the catalogue. Their names are stable; alerts may be built on them.</summary>
internal static partial class CatalogueLog
{
    [LoggerMessage(3001, LogLevel.Information,
        "Price list {Type} version {Number} imported: {Prefixes} prefixes, in force from {EffectiveAt:O}",
        EventName = "price_list_imported")]
    public static partial void Imported(ILogger log, string type, int number, int prefixes, DateTimeOffset? effectiveAt);

    [LoggerMessage(3002, LogLevel.Information, "Price list {Type} version {Number} is in force from {EffectiveAt:O}",
        EventName = "price_list_activated")]
    public static partial void Activated(ILogger log, string type, int number, DateTimeOffset effectiveAt);

    [LoggerMessage(3003, LogLevel.Information, "Plan {Code} has a version from {EffectiveFrom:O}", EventName = "plan_created")]
    public static partial void PlanCreated(ILogger log, string code, DateOnly effectiveFrom);

    [LoggerMessage(3004, LogLevel.Error, "The catalogue could not be stored", EventName = "catalogue_write_failed")]
    public static partial void WriteFailed(ILogger log, Exception error);

    [LoggerMessage(3005, LogLevel.Information,
        "Catalogue revision {Revision} is taken over: {Lists} price-list versions, of which {Missing} are still to be loaded, {Plans} plan versions",
        EventName = "catalogue_loaded")]
    public static partial void Taken(ILogger log, long revision, int lists, int plans, int missing);

    [LoggerMessage(3006, LogLevel.Error, "Price list {Type} version {Number} cannot be loaded; its calls are refused as unavailable",
        EventName = "price_list_load_failed")]
    public static partial void LoadFailed(ILogger log, string type, int number, Exception? error);

    [LoggerMessage(3007, LogLevel.Warning, "The catalogue cannot be asked for changes; what is loaded stays in use",
        EventName = "catalogue_poll_failed")]
    public static partial void PollFailed(ILogger log, Exception error);

    [LoggerMessage(3008, LogLevel.Warning,
        "{Count} silos have not loaded price list {Type} after {Seconds:F0} s; it is put into force, and they refuse its calls until they have: {Silos}",
        EventName = "price_list_silos_behind")]
    public static partial void SilosBehind(ILogger log, string type, int count, double seconds, string silos);

    [LoggerMessage(3009, LogLevel.Error,
        "Catalogue revision {Revision} is older than {Known}, which is known here, and is ignored; if the store was set back, restart this process",
        EventName = "catalogue_revision_older")]
    public static partial void Older(ILogger log, long revision, long known);

    [LoggerMessage(3010, LogLevel.Error, "Loading price lists stopped, and begins again with the next poll", EventName = "price_list_loading_failed")]
    public static partial void LoadingFailed(ILogger log, Exception error);
}
