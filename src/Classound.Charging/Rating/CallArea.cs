namespace Classound.Charging.Rating;

/// <summary>Call Termination Area of a destination (R7). Only Area 1 draws on included minutes (R5, R6).</summary>
public enum CallArea : byte
{
    /// <summary>In none of the six areas: priced by its own tariff or not at all.</summary>
    None = 0,
    Area1 = 1,
    Area2 = 2,
    Area3 = 3,
    Area4 = 4,
    Area5 = 5,
    Area6 = 6,
}
