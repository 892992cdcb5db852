namespace Classound.Charging.Rating;

/// <summary>Days of the week on which a <see cref="TariffBand"/> starts.</summary>
[Flags]
public enum WeekDays : byte
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
    Workdays = Monday | Tuesday | Wednesday | Thursday | Friday,
    Weekend = Saturday | Sunday,
    All = Workdays | Weekend,
}
